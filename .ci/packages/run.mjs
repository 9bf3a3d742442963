import { spawn } from 'node:child_process';

const TIMEOUT_MINUTES = 15;
const TAIL_LINES = 40;

/** Runs a command to its end and gives its stdout; a failure carries the last lines of what was printed. */
export function run(command, args, { cwd, env = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      // not `timeout`: its timer outlives a command that does not exist, and holds the process
      signal: AbortSignal.timeout(TIMEOUT_MINUTES * 60_000),
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      all += chunk;
    });
    child.stderr.on('data', (chunk) => {
      all += chunk;
    });
    const failure = (what) => {
      const tail = all.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
      return new Error(`\`${[command, ...args].join(' ')}\` ${what}\n${tail}`);
    };
    child.on('error', (error) => {
      reject(error.name === 'AbortError' ? failure(`took more than ${TIMEOUT_MINUTES} minutes`) : error);
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(failure(`ended with ${signal ?? code}`));
    });
  });
}

/** Whether the command is on this machine: only its absence says no, a command that fails is there. */
export async function exists(command, args) {
  try {
    await run(command, args);
  } catch (error) {
    return error.code !== 'ENOENT';
  }
  return true;
}
