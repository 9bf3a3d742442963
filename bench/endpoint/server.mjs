import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { LeanClient } from './lean-client.mjs';

const READY_WITHIN_MS = 30_000;
const LAST_LINES = 500;

const running = new Set();

// whatever ends the benchmark ends what it started
process.on('exit', () => {
  for (const server of running) server.kill();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** A Step Functions endpoint in a process of its own. */
export class Server {
  /** Milliseconds from its spawn to its first answer. */
  firstAnswer;
  /** The same, from when the process itself says that it began; undefined for those that are not asked. */
  firstAnswerOfOwn;
  client;
  #child;
  #said = '';

  static async start(side, concurrency) {
    const server = new Server();
    await server.#start(side, concurrency);
    return server;
  }

  get url() {
    return this.client.url;
  }

  /** Resident memory in bytes. */
  get memory() {
    const { pid } = this.#child;
    // small images of Linux have no ps, other systems no /proc
    const status = `/proc/${pid}/status`;
    const kibibytes = existsSync(status)
      ? /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(status, 'utf8'))[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return Number(kibibytes) * 1024;
  }

  async stop() {
    this.client.close();
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.kill();
      await gone;
    }
    running.delete(this);
  }

  kill() {
    try {
      // with whatever it started
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }

  async #start({ name, command, configure }, concurrency) {
    const port = await freePort();
    const { program, args, env, cwd } = command(port);
    this.client = new LeanClient(port, concurrency);
    const start = performance.timeOrigin + performance.now();
    this.#child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(this);
    let failure;
    this.#child.once('error', (error) => {
      failure = error;
      running.delete(this);
    });
    let began = '';
    this.#child.stdio[3].on('data', (chunk) => {
      began += chunk;
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk) => {
        this.#said = (this.#said + chunk).slice(-LAST_LINES);
      });
    }
    let now = start;
    while (!(await this.#answers())) {
      now = performance.timeOrigin + performance.now();
      if (failure || this.#child.exitCode !== null || now - start > READY_WITHIN_MS) {
        if (!failure) await this.stop();
        throw new Error(`${name} did not answer on port ${port}: ${failure?.message ?? this.#said}`);
      }
    }
    now = performance.timeOrigin + performance.now();
    this.firstAnswer = now - start;
    this.firstAnswerOfOwn = began === '' ? undefined : now - Number(began);
    await configure?.(this.client);
  }

  async #answers() {
    try {
      await this.client.call('ListStateMachines', {});
      return true;
    } catch (error) {
      if (error.code !== 'ECONNREFUSED' && error.code !== 'ECONNRESET') throw error;
      // a loop that never rests would take from the server what it starts with
      await new Promise((resolve) => setTimeout(resolve, 1));
      return false;
    }
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
