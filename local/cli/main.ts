import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { terminalOf } from '../app/terminal';
import { cli } from './cli';

/** The bundle lies in assets/local of the package. */
function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
}

// `| head` closes the pipe: not an error of ours
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// until a command has returned its code, an early end is no success
process.exitCode = 1;
void cli(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: terminalOf(process.stdout, process.env),
    onInterrupt: (stop) => {
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      for (const signal of signals) process.once(signal, stop);
      return () => {
        for (const signal of signals) process.removeListener(signal, stop);
      };
    },
  },
  version(),
).then(
  (code) => {
    process.exitCode = code;
  },
  (fault: unknown) => {
    // of the program's own, not of the execution: a code that no execution ends with
    process.stderr.write(`this is a fault of cdk-workflow-patterns: ${fault instanceof Error ? fault.stack : String(fault)}\n`);
    process.exitCode = 70;
  },
);
