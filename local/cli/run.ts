import type { ExecutionReport } from '../app/execution-report';
import { LoadError } from '../app/load-error';
import { LocalApp } from '../app/local-app';
import { LocalClock } from '../app/local-clock';
import type { LocalMachine } from '../app/local-machine';
import { renderReport } from '../app/render-report';
import { paint, printable, printableLines } from '../app/terminal';
import { type Command, type Io, UsageError } from './command';
import { endpointsOf } from './endpoints';
import { noMore, parse } from './parse';
import { readInput } from './read-input';

const EXIT_CODES: Record<ExecutionReport['status'], number> = { SUCCEEDED: 0, FAILED: 1, TIMED_OUT: 3, ABORTED: 4 };

const help = `Usage: cdk-workflow-patterns run MACHINE [options]

Runs one execution of a state machine of a synthesized CDK app, on this machine,
with the code of its own Lambda functions.

  MACHINE          its construct id, construct path, logical id, name or ARN;
                   'cdk-workflow-patterns list' shows the machines

Options:
  --app DIR        the folder that 'cdk synth' wrote          (default: cdk.out)
  --input INPUT    a JSON text, @file, or - for standard input     (default: {})
  --endpoint NAME=URL
                   where tasks and functions reach a service, such as
                   dynamodb=http://127.0.0.1:8000; may be given often. Your
                   project brings its @aws-sdk/client-NAME
  --skip-time      waits and retry pauses take no time
  --json           print the execution as JSON
  --logs           print what the functions log (to standard error)
  --help           show this help

Exit code: 0 SUCCEEDED, 1 FAILED, 3 TIMED_OUT, 4 ABORTED (Ctrl-C),
2 when nothing was run: a wrong argument, app or machine.
`;

export const runCommand: Command = {
  name: 'run',
  summary: 'run one execution of a machine and show what happened',
  help,
  run: async (args, io) => {
    const { values, positionals } = parse(args, {
      app: { type: 'string', default: 'cdk.out' },
      input: { type: 'string', default: '{}' },
      endpoint: { type: 'string', multiple: true },
      'skip-time': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      logs: { type: 'boolean', default: false },
    });
    const [name, ...more] = positionals;
    if (name === undefined) throw new UsageError('which machine? give its name: cdk-workflow-patterns run MACHINE');
    noMore(more);
    const input = await readInput(values.input, io);

    const app = LocalApp.load(values.app, {
      endpoints: endpointsOf(values.endpoint),
      clock: values['skip-time'] ? LocalClock.skippingWaits() : LocalClock.real(),
      onLog: values.logs
        ? (line) => io.err(paint(io.terminal, 'dim', `${line.functionName}  ${printable(line.message)}\n`))
        : undefined,
      onFailure: (message) => io.err(`${paint(io.terminal, 'yellow', printableLines(message))}\n`),
    });
    for (const problem of app.problems) io.err(`${paint(io.terminal, 'yellow', printableLines(problem))}\n`);
    try {
      const machine = app.machine(name);
      refuseCallbacks(machine);
      const execution = machine.start(input);
      const stopListening = io.onInterrupt(() => execution.stop());
      const report = await execution.done;
      stopListening();
      show(report, values.json, io);
      return EXIT_CODES[report.status];
    } finally {
      await app.close();
    }
  },
};

/** An execution that nobody can answer would hang. */
function refuseCallbacks({ id, callbackStates }: LocalMachine): void {
  if (callbackStates.length === 0) return;
  throw new LoadError(`${id} waits for an answer from outside, which a single run cannot get`, callbackStates);
}

function show(report: ExecutionReport, json: boolean, io: Io): void {
  io.out(json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, io.terminal));
}
