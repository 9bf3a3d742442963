import { LoadError } from '../app/load-error';
import { printableLines } from '../app/terminal';
import { type Command, EXIT_USAGE, type Io, UsageError } from './command';
import { conformanceCommand } from './conformance-command';
import { listCommand } from './list';
import { localCommand } from './local';
import { runCommand } from './run';

const COMMANDS: readonly Command[] = [runCommand, localCommand, listCommand, conformanceCommand];

const help = `Usage: cdk-workflow-patterns COMMAND [options]

Runs the workflows of a synthesized CDK app on this machine: no AWS account, no
Docker.

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`).join('\n')}

Options:
  --help           show this help, or that of a command
  --version        show the version
`;

/** Runs a command line; returns the exit code. */
export async function cli(args: string[], io: Io, version: string): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const command = COMMANDS.find((candidate) => candidate.name === rest[0]);
    io.out(command?.help ?? help);
    return name === undefined ? EXIT_USAGE : 0;
  }
  if (name === '--version') {
    io.out(`${version}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    io.err(`there is no command '${name}'; there are: ${COMMANDS.map((known) => known.name).join(', ')}\n`);
    return EXIT_USAGE;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(command.help);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof LoadError)) throw error;
    io.err(`${printableLines(error.message)}\n`);
    return EXIT_USAGE;
  }
}
