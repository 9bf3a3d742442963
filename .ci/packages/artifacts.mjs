import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Shared by pacmak and the Java app: a repository of its own would keep an old jar of the same version. */
export const mavenRepository = join(root, '.m2');

function tool(name, ...args) {
  const env = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  return run(join(root, 'node_modules', '.bin', name), args, { cwd: root, env });
}

export const bundle = () => run('node', ['.ci/bundle.mjs', '--types'], { cwd: root });
export const compile = () => tool('jsii', '--silence-warnings=reserved-word');
export const docgen = (file) => tool('jsii-docgen', '-o', file);
export const pacmak = (language, outdir, ...args) =>
  tool('jsii-pacmak', '-t', language, '-o', outdir, '--maven-local-repository', mavenRepository, ...args);

/** Whether .jsii is younger than every source and what steers the compiler; a deleted source makes its folder younger. */
export function isCompiled() {
  const compiled = statSync(join(root, '.jsii'), { throwIfNoEntry: false });
  if (!compiled) return false;
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((file) => join('src', file));
  return ['package.json', 'README.md', 'src', ...sources].every((file) => statSync(join(root, file)).mtimeMs < compiled.mtimeMs);
}

/** npm's own account of the tarball: `filename`, `size`, `files`. */
export async function pack(folder) {
  const [packed] = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root }));
  return { ...packed, path: join(folder, packed.filename) };
}
