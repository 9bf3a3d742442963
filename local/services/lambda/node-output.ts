import fs from 'node:fs';
import { format } from 'node:util';
import type { HostMessage } from './host-protocol';

/** What one invocation may print. A handler that logs in a loop must not fill the memory of the process that shows it. */
const MAX_LINES = 10_000;
const MAX_CHARACTERS = 1_048_576;

const LEVELS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };

/** Turns what a handler prints, by console, stdout or a descriptor, into messages; nothing reaches the process's own stdout. */
export class NodeOutput {
  /** The invocation that what is printed belongs to. */
  requestId = '';
  private lines = 0;
  private characters = 0;
  private readonly partial: Record<number, string> = { 1: '', 2: '' };

  constructor(private readonly post: (message: HostMessage) => void) {}

  /** Attributes what follows to an invocation. */
  begin(requestId: string): void {
    this.requestId = requestId;
    this.lines = 0;
    this.characters = 0;
  }

  /** Lines that lack their end. */
  flush(): void {
    for (const descriptor of [1, 2]) {
      if (this.partial[descriptor] !== '') {
        this.write(descriptor, '\n');
      }
    }
  }

  log(message: string, level?: string): void {
    if (this.lines > MAX_LINES || this.characters > MAX_CHARACTERS) {
      return;
    }
    this.lines += 1;
    this.characters += message.length;
    const full = this.lines > MAX_LINES || this.characters > MAX_CHARACTERS;
    this.post({
      type: 'log',
      requestId: this.requestId,
      level: full ? 'WARN' : level,
      message: full ? `log cut: an invocation prints at most ${MAX_LINES} lines and ${MAX_CHARACTERS} characters here` : message,
    });
  }

  capture(): void {
    const methods = console as unknown as Record<string, (...values: unknown[]) => void>;
    for (const [method, level] of Object.entries(LEVELS)) {
      methods[method] = (...values) => this.log(format(...values), level);
    }
    process.stdout.write = this.streamWriter(1);
    process.stderr.write = this.streamWriter(2);
    // loggers such as pino write to the descriptor itself
    const { write, writeSync } = fs;
    const captured = (descriptor: number, data: unknown): number | undefined =>
      descriptor === 1 || descriptor === 2 ? this.write(descriptor, data) : undefined;
    fs.writeSync = ((descriptor: number, data: never, ...rest: never[]) =>
      captured(descriptor, data) ?? writeSync(descriptor, data, ...rest)) as typeof fs.writeSync;
    fs.write = Object.assign(
      (descriptor: number, data: never, ...rest: unknown[]) => {
        const length = captured(descriptor, data);
        if (length === undefined) {
          write(descriptor, data, ...(rest as [never]));
        } else {
          setImmediate(rest.at(-1) as (error: null, length: number, data: unknown) => void, null, length, data);
        }
      },
      { __promisify__: write.__promisify__ },
    ) as typeof fs.write;
  }

  private streamWriter(descriptor: number): typeof process.stdout.write {
    return ((data: unknown, encoding?: unknown, callback?: unknown) => {
      this.write(descriptor, data);
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') {
        setImmediate(done as () => void);
      }
      return true;
    }) as typeof process.stdout.write;
  }

  /** Returns the bytes taken. */
  private write(descriptor: number, data: unknown): number {
    const text = typeof data === 'string' ? data : Buffer.from(data as Uint8Array).toString();
    const lines = (this.partial[descriptor] + text).split('\n');
    this.partial[descriptor] = lines.pop()!.slice(-MAX_CHARACTERS);
    for (const line of lines) {
      this.log(line);
    }
    return Buffer.byteLength(text);
  }
}
