import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Host, type HostListener, type HostMessage, isHostMessage } from './host-protocol';

/** What a process said last is read within this time, even while something else holds its pipes open. */
const GRACE_MS = 100;

export interface PythonProcessOptions {
  readonly python: string;
  readonly hostFile: string;
  readonly taskRoot: string;
  readonly environment: Record<string, string>;
}

/** Starts a Python handler in a child process of its own. Messages are lines of JSON on descriptors 3 and 4. */
export function startPythonProcess(options: PythonProcessOptions, listener: HostListener): Host {
  const child = spawn(options.python, [options.hostFile], {
    cwd: options.taskRoot,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    // a process group, so that what the handler started ends with it
    detached: process.platform !== 'win32',
  });
  const streams = child.stdio.slice(1) as [Socket, Socket, Socket, Socket];
  const [stdout, stderr, requests, answers] = streams;
  let open = true;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      open = false;
      resolve();
    };
    child.on('exit', () => {
      // what the handler left running may hold the pipes, and so `close`: most of it ends with the group
      kill(child.pid);
      // a session of its own does not; setImmediate lets a busy event loop read before the pipes are gone
      const grace = setTimeout(() => setImmediate(() => destroyAll(streams)), GRACE_MS);
      child.on('close', () => clearTimeout(grace));
    });
    // not `exit`: by then what it last said is not yet read
    child.on('close', (code, signal) => {
      listener.exit({ code, signal });
      end();
    });
    child.on('error', (error) => {
      const text = JSON.stringify({ errorType: 'Runtime.InvalidEntrypoint', errorMessage: error.message });
      listener.message({ type: 'crash', requestId: '', text, log: error.message });
      end();
    });
  });
  lines(answers, (line) => listener.message(parseMessage(line)));
  // print() travels as a message; this is what went to the descriptors past Python's sys.stdout
  for (const stream of [stdout, stderr]) {
    lines(stream, (message) => listener.message({ type: 'log', requestId: '', message }));
  }
  // the child may be gone while an invocation is being written to it: its exit tells more
  requests.on('error', () => {});
  const hold = (held: boolean) => {
    for (const handle of [child, ...streams]) {
      held ? handle.ref() : handle.unref();
    }
  };
  return {
    send: (message) => void requests.write(`${JSON.stringify(message)}\n`),
    hold,
    terminate: () => {
      if (open) {
        // whoever awaits the end must live to see it
        hold(true);
        kill(child.pid);
      }
      return ended;
    },
  };
}

/** A handler can write to any descriptor; what is no message of the host is shown as its output. */
function parseMessage(line: string): HostMessage {
  try {
    const message: unknown = JSON.parse(line);
    if (isHostMessage(message)) return message;
  } catch {
    // no JSON
  }
  return { type: 'log', requestId: '', message: line };
}

function kill(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // macOS answers EPERM where only zombies are left
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

function destroyAll(streams: readonly Socket[]): void {
  for (const stream of streams) {
    stream.destroy();
  }
}

function lines(stream: Readable, each: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', each);
}

/** The python3 on PATH, if there is one. */
export function findPython(path = process.env.PATH ?? ''): string | undefined {
  const names = process.platform === 'win32' ? ['python3.exe', 'python.exe'] : ['python3'];
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
