import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { PASS, PREFIX, ROLE } from '../../states/fixture';
import { type Serving, serving } from '../serving';

const run = promisify(execFile);

/** Unmodified clients, told of the endpoint by the environment alone. */
let serve: Serving;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  serve = await serving();
  env = {
    ...process.env,
    AWS_ENDPOINT_URL: serve.url,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_PAGER: '',
  };
});

afterEach(async () => {
  await serve.close();
  expect(serve.faults).toEqual([]);
});

/** Runs the test where its client is installed; elsewhere says that it is left out. */
function withClient(client: string, isThere: boolean, body: () => Promise<void>): void {
  if (isThere) test(`${client} drives the service by an endpoint alone`, body, 60_000);
  else test(`${client} is left out: it is not installed`, () => expect(isThere).toBe(false));
}

function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function resolved(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

async function output(command: string, ...args: string[]) {
  const { stdout } = await run(command, args, { env });
  return JSON.parse(stdout) as { readonly seconds: number } & { readonly [name: string]: unknown };
}

function expectScenario(name: string, seen: Awaited<ReturnType<typeof output>>): void {
  expect(seen).toEqual({
    status: 'SUCCEEDED',
    output: '{"worked":{"a":1}}',
    seconds: expect.any(Number),
    types: [
      'ExecutionStarted',
      'TaskStateEntered',
      'ActivityScheduled',
      'ActivityStarted',
      'ActivitySucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ],
    refusal: `Execution Already Exists: '${PREFIX}:execution:${name}:one'`,
    sync: ['SUCCEEDED', '"now"'],
  });
  expect(seen.seconds).toBeGreaterThanOrEqual(0);
  expect(seen.seconds).toBeLessThan(60);
}

withClient('boto3', runs('python3', '-c', 'import boto3'), async () => {
  expectScenario('boto3', await output('python3', join(__dirname, 'scenario.py')));
});

const sdk = resolved('@aws-sdk/client-sfn');

withClient('the AWS SDK for JavaScript', sdk !== undefined, async () => {
  expectScenario('js', await output('node', '--no-warnings', join(__dirname, 'scenario.mjs'), pathToFileURL(sdk!).href));
});

withClient('the AWS CLI', runs('aws', '--version'), async () => {
  const aws = (...args: string[]) => output('aws', 'stepfunctions', ...args, '--output', 'json');
  const created = await aws('create-state-machine', '--name', 'cli', '--definition', PASS, '--role-arn', ROLE);
  expect(created.stateMachineArn).toBe(`${PREFIX}:stateMachine:cli`);
  const started = await aws('start-execution', '--state-machine-arn', String(created.stateMachineArn), '--input', '{"a":1}');
  const shown = await aws('describe-execution', '--execution-arn', String(started.executionArn));
  expect(shown).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
  const refused = run('aws', ['stepfunctions', 'describe-activity', '--activity-arn', 'abc'], { env });
  await expect(refused).rejects.toThrow(
    "(InvalidArn) when calling the DescribeActivity operation: Invalid Arn: 'Invalid ARN prefix: abc'",
  );
});
