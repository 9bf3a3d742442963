// What a benchmark needs before it can run, from a fresh clone on: made where it is missing or old.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
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

function changedAt(path) {
  const stat = statSync(path);
  return stat.isDirectory() ? Math.max(...readdirSync(path).map((entry) => changedAt(join(path, entry)))) : stat.mtimeMs;
}
