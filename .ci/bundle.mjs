// Bundles what runs outside of synth into assets/, with the licences of what is inlined. Same input, same bytes.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // dynalite opens a database on disk with it, which is never asked for, and which a native addon comes with
  alias: { level: 'memory-level' },
  // a bundle beside the others, which only apps that call DynamoDB load
  external: ['./dynalite'],
};

/** The terms, to which a package adds its copyright. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** The folder of the npm package that holds `file`, or undefined for our own sources. */
function packageOf(file) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match?.[1];
}

function licences(metafiles) {
  const packages = new Set(
    metafiles
      .flatMap((meta) => Object.keys(meta.inputs))
      .map(packageOf)
      .filter(Boolean),
  );
  return [...packages].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[sc]e/i.test(entry));
    if (file) return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
    // a few old packages name their licence and author, and bring neither text nor year
    if (license?.type !== 'MIT') throw new Error(`${name} is inlined but brings no licence text: keep it out of the bundle`);
    return `${name} ${version} (MIT, by its package.json)\n\nCopyright (c) ${author.name} <${author.email}>\n\n${MIT}\n`;
  });
}

/** Not a package, but what the results of API operations look like is taken from its data: local/engine/test-state/api-models. */
function botocore() {
  return `botocore 1.41.5 (Apache-2.0)\n\n${readFileSync(join(root, 'LICENSE'), 'utf8').trim()}\n`;
}

/** The declarations of `cdk-workflow-patterns/local`: those that its entry point refers to, and no others. */
function declare() {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'local')], {
    stdio: 'inherit',
  });
  const types = join(local, 'types');
  const wanted = new Set();
  const visit = (file) => {
    if (wanted.has(file)) return;
    wanted.add(file);
    for (const [, from, imported = from] of readFileSync(file, 'utf8').matchAll(
      /from '(\.[^']*)'|import\(["'](\.[^"']*)["']\)/g,
    )) {
      const target = join(dirname(file), imported);
      visit(existsSync(`${target}.d.ts`) ? `${target}.d.ts` : join(target, 'index.d.ts'));
    }
  };
  visit(join(types, 'testing', 'index.d.ts'));
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name); // `path` before Node.js 20.12
    if (entry.isFile() && !wanted.has(file)) rmSync(file);
  }
}

const local = join(root, 'assets', 'local');
rmSync(local, { recursive: true, force: true });
mkdirSync(local, { recursive: true });

const built = await Promise.all([
  build({
    ...common,
    entryPoints: { cli: 'local/cli/main.ts' },
    outdir: local,
    minifySyntax: true,
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({ ...common, entryPoints: { index: 'local/testing/index.ts' }, outdir: local, minifySyntax: true }),
  build({ ...common, entryPoints: { dynalite: 'local/services/dynamodb/dynalite.ts' }, outdir: local, minifySyntax: true }),
  build({ ...common, entryPoints: { 'node-host': 'local/services/lambda/node-host.ts' }, outdir: local, minifySyntax: true }),
]);
// npm makes a bin executable when it installs one, jsii does not
chmodSync(join(local, 'cli.js'), 0o755);
cpSync(join(root, 'local/services/lambda/python-host.py'), join(local, 'python-host.py'));
writeFileSync(join(local, 'THIRD-PARTY-LICENSES.txt'), [...licences(built.map((b) => b.metafile)), botocore()].join('\n---\n\n'));
if (process.argv.includes('--types')) declare();
console.log(`bundled ${relative(root, local)}`);
