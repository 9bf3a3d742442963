import type { Terminal } from '../app/terminal';

/** Where a command reads from and writes to: the process, or a test. */
export interface Io {
  readonly stdin: AsyncIterable<Buffer | string>;
  out(text: string): void;
  err(text: string): void;
  readonly terminal: Terminal;
  /** Calls `stop` at the first Ctrl-C; returns how to stop listening. */
  onInterrupt(stop: () => void): () => void;
}

/** A subcommand of `cdk-workflow-patterns`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly help: string;
  /** Returns the exit code. */
  run(args: string[], io: Io): Promise<number>;
}

/** A mistake of the caller: shown without a stack trace, exit code 2. */
export class UsageError extends Error {}

export const EXIT_USAGE = 2;
