// What is measured: this repository's endpoint, and its peers, each installed once into a folder of its own, by its version.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies, run } from '../prepare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'bench-endpoint');
const file = (name) => fileURLToPath(new URL(name, import.meta.url));

const BOTO3 = '1.43.106';

/** This repository's endpoint, as the package has it: the command without an app, bundled into `folder`. */
export async function ownSide(folder) {
  installDependencies();
  const { build } = await import('esbuild');
  const cli = join(folder, 'assets', 'local', 'cli.js');
  await build({
    entryPoints: [join(root, 'local', 'cli', 'main.ts')],
    outfile: cli,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    external: ['./dynalite'], // which only apps that call DynamoDB load
  });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json')); // the command reads its version
  return {
    name: 'own',
    command: (port) => ({
      program: process.execPath,
      args: ['-r', file('began.cjs'), cli, 'local', '--port', String(port)],
      cwd: folder,
    }),
  };
}

/** The peers, those with a `failure` instead of a command that could not be installed. */
export function peerSides() {
  return [stepfunctionsLocal, moto, ministack, fakecloud].map((peer) => {
    try {
      return peer();
    } catch (error) {
      return { name: peer.title, failure: error.message };
    }
  });
}

/** The Python that has boto3. */
export function pythonWithBoto() {
  return venv('boto3', BOTO3, 'boto3');
}

function stepfunctionsLocal() {
  const version = '1.3.1';
  const folder = installed(`stepfunctions-local-${version}`, (to) =>
    run('npm', ['install', '--prefix', to, '--no-audit', '--no-fund', `stepfunctions-local@${version}`], root),
  );
  const program = join(folder, 'node_modules', 'stepfunctions-local', 'bin', 'stepfunctions-local-start.js');
  return {
    name: stepfunctionsLocal.title,
    version,
    command: (port) => ({
      program: process.execPath,
      args: ['-r', file('loopback.cjs'), program, '--port', String(port)],
      cwd: folder,
    }),
  };
}
stepfunctionsLocal.title = 'sfn-local';

function moto() {
  const version = '5.2.5';
  const python = venv('moto', version, 'moto[server,stepfunctions]');
  return {
    name: moto.title,
    version,
    command: (port) => ({
      program: python,
      args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
      env: { MOTO_PORT: String(port) },
    }),
    // else an execution never ends
    configure: (client) => client.post('/moto-api/config', { stepfunctions: { execute_state_machine: true } }),
  };
}
moto.title = 'moto';

function ministack() {
  const version = '1.5.33';
  const python = venv('ministack', version, 'ministack');
  return {
    name: ministack.title,
    version,
    note: 'sleeps 0.15 s in each execution',
    command: (port) => ({
      program: join(python, '..', 'ministack'),
      args: [],
      env: { GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', LAMBDA_EXECUTOR: 'local' },
    }),
  };
}
ministack.title = 'MiniStack';

/** Takes most of an hour to build, so it is measured where it is on the path. */
function fakecloud() {
  const version = execFileSync('fakecloud', ['--version'], { encoding: 'utf8' }).trim().split(' ').at(-1);
  return {
    name: fakecloud.title,
    version,
    command: (port) => ({ program: 'fakecloud', args: ['--addr', `127.0.0.1:${port}`] }),
  };
}
fakecloud.title = 'fakecloud';

function venv(name, version, requirement) {
  const folder = installed(`${name}-${version}`, (to) => {
    run('python3', ['-m', 'venv', to], root);
    run(join(to, 'bin', 'pip'), ['install', '-q', '--disable-pip-version-check', `${requirement}==${version}`], root);
  });
  return join(folder, 'bin', 'python');
}

function installed(name, install) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  try {
    install(folder);
    return folder;
  } catch (error) {
    // a half of it would be taken for the whole next time
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
