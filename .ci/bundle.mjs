// Bundles what runs outside of synth into assets/, with the licences of what is inlined. Same input, same bytes.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const common = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', format: 'cjs', metafile: true, legalComments: 'none', logLevel: 'warning' };

/** The folder of the npm package that holds `file`, or undefined for our own sources. */
function packageOf(file) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1];
}

function licences(metafiles) {
  const packages = new Set(metafiles.flatMap((meta) => Object.keys(meta.inputs)).map(packageOf).filter(Boolean));
  return [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'License.md', 'license'].map((f) => join(root, folder, f)).find(existsSync);
    if (!file) throw new Error(`${name} is inlined but brings no licence text: keep it out of the bundle`);
    return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
}

const local = join(root, 'assets', 'local');
rmSync(local, { recursive: true, force: true });
mkdirSync(local, { recursive: true });

const built = await Promise.all([
  build({ ...common, entryPoints: { cli: 'local/cli/main.ts' }, outdir: local, minifySyntax: true, banner: { js: '#!/usr/bin/env node' } }),
  build({ ...common, entryPoints: { index: 'local/testing/index.ts' }, outdir: local, minifySyntax: true }),
  build({ ...common, entryPoints: { 'node-host': 'local/services/lambda/node-host.ts' }, outdir: local, minifySyntax: true }),
]);
cpSync(join(root, 'local/services/lambda/python-host.py'), join(local, 'python-host.py'));
writeFileSync(join(local, 'THIRD-PARTY-LICENSES.txt'), licences(built.map((b) => b.metafile)).join('\n---\n\n'));
console.log(`bundled ${relative(root, local)}`);
