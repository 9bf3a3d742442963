// Says when its process began, for whom started it: loaded before the program.
require('node:fs').writeSync(3, String(performance.timeOrigin));
