import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The published files of each language. Go publishes a folder: its sum. */
const PUBLISHED = { python: /\.whl$/, java: /(?<!-sources|-javadoc)\.jar$/, go: /./ };

/** Name and size in bytes of what is published, for npm and for each language built into `dist`. */
export function sizes(tarball, dist, languages) {
  return [
    { artifact: `npm: ${tarball.filename}`, bytes: tarball.size },
    { artifact: 'npm: unpacked', bytes: tarball.unpackedSize },
    ...languages.map((language) => sizeOf(language, join(dist, language))),
  ];
}

function sizeOf(language, folder) {
  const files = readdirSync(folder, { recursive: true }).filter(
    (file) => PUBLISHED[language].test(file) && statSync(join(folder, file)).isFile(),
  );
  const name = files.length === 1 ? files[0].split('/').at(-1) : `${files.length} files`;
  return { artifact: `${language}: ${name}`, bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) };
}
