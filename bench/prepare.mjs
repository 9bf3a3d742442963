// What a benchmark needs before it can run, from a fresh clone on: made where it is missing or old.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command; stdout is kept for results. */
export function run(command, args, cwd = root) {
  console.error(`${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', process.stderr.fd, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${error ?? status}`);
  }
}

export function installDependencies() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    run('npm', ['ci']);
  }
}

export function compileConstructs() {
  installDependencies();
  const manifest = join(root, '.jsii'); // what jsii writes last
  if (!existsSync(join(root, 'lib', 'index.js')) || !existsSync(manifest) || changedAt(join(root, 'src')) > changedAt(manifest)) {
    run('npx', ['jsii', '--silence-warnings=reserved-word']);
  }
}

/** Several programs may ask for it at once: the first bundles, the others wait. */
export function bundleEngine() {
  installDependencies();
  const built = join(root, 'assets', 'local', 'python-host.py'); // what the bundler writes nearly last
  const sources = ['local', '.ci/bundle.mjs', 'package-lock.json'].map((path) => join(root, path));
  const isOld = () => !existsSync(built) || Math.max(...sources.map(changedAt)) > changedAt(built);
  if (!isOld()) return;
  const lock = join(root, 'node_modules', '.cache-bundling');
  while (!locked(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    if (isOld()) run('node', ['.ci/bundle.mjs']);
  } finally {
    rmdirSync(lock);
  }
}

/** Whether the lock is ours now; one that was left behind by a program that was killed is broken. */
function locked(folder) {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const made = statSync(folder, { throwIfNoEntry: false });
    if (made !== undefined && Date.now() - made.mtimeMs > 60_000) rmdirSync(folder);
    return false;
  }
}

function changedAt(path) {
  const stat = statSync(path);
  return stat.isDirectory() ? Math.max(...readdirSync(path).map((entry) => changedAt(join(path, entry)))) : stat.mtimeMs;
}
