// Answers the requests of a conformance scorer, one JSON text per line, from a fresh clone on.
import { createRequire } from 'node:module';
import { bundleEngine } from '../bench/prepare.mjs';

bundleEngine();
process.argv.splice(2, Number.POSITIVE_INFINITY, 'conformance');
createRequire(import.meta.url)('../assets/local/cli.js');
