import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpFaces } from '../app/http-faces';
import { LoadError } from '../app/load-error';
import { LocalApp, type LocalAppOptions } from '../app/local-app';
import { MockConfig } from '../app/mock-config/mock-config';
import { paint, printable, printableLines } from '../app/terminal';
import { JsonServer, type JsonServerOptions } from '../services/http/json-server';
import { type Command, type Io, UsageError } from './command';
import { endpointsOf } from './endpoints';
import { noMore, parse } from './parse';
import { watchFolder } from './watch-folder';

/** The port of AWS's own Step Functions Local, so that what spoke to it finds us. */
const DEFAULT_PORT = 8083;

const help = `Usage: cdk-workflow-patterns local [DIR] [options]

Serves AWS Step Functions on this machine: the machines of a synthesized CDK
app, with the code of their own Lambda functions, and any that requests create.
The AWS CLI and the SDKs need only the endpoint:

  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083
  AWS_ENDPOINT_URL_SFN=http://127.0.0.1:8083 node your-program.js

  DIR              the folder that 'cdk synth' wrote (default: cdk.out where
                   there is one, else no app)

Options:
  --port PORT      0 for any that is free                       (default: ${DEFAULT_PORT})
  --endpoint NAME=URL
                   where tasks and functions reach a service, such as
                   dynamodb=http://127.0.0.1:8000; may be given often. Your
                   project brings its @aws-sdk/client-NAME
  --mock-config FILE
                   a mock configuration of Step Functions Local: an ARN with
                   '#' and a test case starts an execution whose tasks are
                   answered as FILE says    (default: $SFN_MOCK_CONFIG)
  --watch          load the app anew when it is synthesized again: executions,
                   tables, queues and objects begin afresh
  --logs           print what the functions log
  --help           show this help

The newest 10,000 executions that have ended are kept. It ends with Ctrl-C, and
everything it started ends with it. Only programs on this machine are served.
`;

export const localCommand: Command = {
  name: 'local',
  summary: 'serve the Step Functions API over an app, for SDKs and the AWS CLI',
  help,
  run: async (args, io) => {
    const { values, positionals } = parse(args, {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      endpoint: { type: 'string', multiple: true },
      'mock-config': { type: 'string', default: process.env.SFN_MOCK_CONFIG },
      logs: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
    });
    const [directory, ...more] = positionals;
    noMore(more);
    const port = portOf(values.port);
    const folder = directory ?? (existsSync(join('cdk.out', 'manifest.json')) ? 'cdk.out' : undefined);
    if (values.watch && folder === undefined) throw new UsageError('--watch: there is no app to watch; give the folder of one');
    const endpoints = endpointsOf(values.endpoint);
    const mockConfig = mockConfigOf(values['mock-config']);

    // functions are told where the endpoint is, so it must be there before the app
    const served: { app?: LocalApp } = {};
    const onFault: JsonServerOptions['onFault'] = (fault, action) =>
      io.err(`${action}: ${fault instanceof Error ? fault.stack : fault}\n`);
    const server = new JsonServer({ ...httpFaces(() => served.app!, onFault), onFault });
    const { url } = await listen(server, port);
    const options: LocalAppOptions = {
      endpoint: url,
      endpoints,
      mockConfig,
      onFailure: (message) => io.err(`${paint(io.terminal, 'yellow', printableLines(message))}\n`),
      onLog: values.logs
        ? (line) => io.out(paint(io.terminal, 'dim', `${line.functionName}  ${printable(line.message)}\n`))
        : undefined,
    };
    try {
      served.app = folder === undefined ? LocalApp.empty(options) : LocalApp.load(folder, options);
    } catch (error) {
      await server.close();
      throw error;
    }
    announce(served.app, url, io);
    const reload = async () => {
      try {
        const [before, after] = [served.app!, LocalApp.load(folder!, options)];
        served.app = after;
        announce(after, url, io);
        await before.close();
      } catch (error) {
        if (!(error instanceof LoadError)) throw error;
        io.err(`${paint(io.terminal, 'yellow', printableLines(`not loaded anew: ${error.message}`))}\n`);
      }
    };
    const stopWatching = values.watch ? watchFolder(folder!, () => void reload()) : () => {};
    await new Promise<void>((resolve) => io.onInterrupt(resolve));
    stopWatching();
    await Promise.all([server.close(), served.app.close()]);
    return 0;
  },
};

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port: '${text}' is no port; give a number from 0 to 65535`);
}

function mockConfigOf(file: string | undefined): MockConfig | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return new MockConfig(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--mock-config: ${file}: ${(error as Error).message}`);
  }
}

async function listen(server: JsonServer, port: number): Promise<{ readonly url: string }> {
  try {
    return await server.listen(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UsageError(`--port: ${port} is taken; give another, or 0 for any that is free`);
  }
}

function announce(app: LocalApp, url: string, io: Io): void {
  io.out(`${paint(io.terminal, 'bold', 'AWS Step Functions')}  ${url}\n`);
  for (const problem of app.problems) io.err(`${paint(io.terminal, 'yellow', printableLines(problem))}\n`);
  for (const machine of app.machines) {
    const problems = machine.check();
    io.out(`  ${printable(machine.id)}  ${paint(io.terminal, 'dim', machine.arn)}\n`);
    for (const problem of problems) io.err(`${paint(io.terminal, 'yellow', printableLines(problem.message))}\n`);
  }
}
