import { LocalApp } from '../app/local-app';
import { cut, paint, printable } from '../app/terminal';
import type { Command } from './command';
import { noMore, parse } from './parse';

const help = `Usage: cdk-workflow-patterns list [--app DIR] [--json]

Lists the state machines of a synthesized CDK app.

Options:
  --app DIR        the folder that 'cdk synth' wrote          (default: cdk.out)
  --json           print the list as JSON
  --help           show this help
`;

export const listCommand: Command = {
  name: 'list',
  summary: 'list the machines of an app',
  help,
  run: async (args, io) => {
    const { values, positionals } = parse(args, {
      app: { type: 'string', default: 'cdk.out' },
      json: { type: 'boolean', default: false },
    });
    noMore(positionals);
    const app = LocalApp.load(values.app);
    const machines = app.machines.map(({ id, type, path, arn }) => ({ id, type, path, arn }));
    await app.close();
    if (values.json) {
      io.out(`${JSON.stringify(machines, null, 2)}\n`);
      return 0;
    }
    const widest = Math.max(0, ...machines.map(({ id }) => id.length));
    for (const { id, type, path } of machines) {
      const [name, kind] = [printable(id).padEnd(widest), type.padEnd(8)];
      const room = io.terminal.columns - name.length - kind.length - 4;
      io.out(
        `${paint(io.terminal, 'bold', name)}  ${kind}  ${paint(io.terminal, 'dim', cut(printable(path), Math.max(room, 20)))}\n`,
      );
    }
    if (machines.length === 0) io.err(`no state machine in ${values.app}\n`);
    return 0;
  },
};
