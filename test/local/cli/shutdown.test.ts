import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { findPython } from '../../../local/services/lambda/python-process';

const CLI = join(__dirname, '..', '..', '..', 'assets', 'local', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'shutdown-'));
const out = join(folder, 'cdk.out');
const children: ChildProcess[] = [];

beforeAll(() => {
  const stack = new Stack(new App({ outdir: out }), 'Hanging');
  const python = new lambda.Function(stack, 'Python', {
    runtime: lambda.Runtime.PYTHON_3_12,
    handler: 'index.main',
    timeout: Duration.minutes(10),
    code: lambda.Code.fromInline(
      'import os, time\ndef main(event, context):\n  open(event["file"], "w").write(str(os.getpid()) + ".")\n  time.sleep(600)\n',
    ),
  });
  const node = new lambda.Function(stack, 'Node', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    timeout: Duration.minutes(10),
    code: lambda.Code.fromInline('exports.handler = () => { for (;;); };'),
  });
  const both = sfn.Parallel.jsonata(stack, 'Both');
  both.branch(
    tasks.LambdaInvoke.jsonata(stack, 'CallPython', { lambdaFunction: python }),
    tasks.LambdaInvoke.jsonata(stack, 'CallNode', { lambdaFunction: node }),
  );
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(both) });
  (stack.node.root as App).synth();
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Settles once `look` gives something: what other processes do tells nobody. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const onPython = findPython() === undefined ? test.skip : test;
const name = `%s ends the command and all that it started${findPython() === undefined ? ' (left out: there is no python3)' : ''}`;

onPython.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(name, async (signal) => {
  const file = join(folder, signal);
  const command = spawn(process.execPath, [CLI, 'local', out, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(command);
  const ended = new Promise<number | null>((resolve) => command.once('exit', resolve));
  let said = '';
  command.stdout.on('data', (text) => {
    said += text;
  });
  const [url] = await until(() => /http:\S+\d+/.exec(said) ?? undefined);
  const [stateMachineArn] = await until(() => /arn:\S+:stateMachine:\S+/.exec(said) ?? undefined);
  await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSStepFunctions.StartExecution' },
    body: JSON.stringify({ stateMachineArn, input: JSON.stringify({ file }) }),
  });
  const python = Number(await until(() => (existsSync(file) ? /^(\d+)\.$/.exec(readFileSync(file, 'utf8'))?.[1] : undefined)));
  expect(isRunning(python)).toBe(true);

  command.kill(signal);

  expect(await ended).toBe(0);
  await until(() => (isRunning(python) ? undefined : true));
});
