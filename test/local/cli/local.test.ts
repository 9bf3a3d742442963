import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { cli } from '../../../local/cli/cli';

const folder = mkdtempSync(join(tmpdir(), 'local-test-'));
const out = join(folder, 'cdk.out');

beforeAll(() => {
  const app = new App({ outdir: out });
  const stack = new Stack(app, 'Shop');
  const say = sfn.Pass.jsonata(stack, 'Say', { outputs: { said: '{% $states.input %}' } });
  new sfn.StateMachine(stack, 'Echo', { definitionBody: sfn.DefinitionBody.fromChainable(say) });
  const queue = new sfn.CustomState(stack, 'Queue', {
    stateJson: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:ssm:getParameter', End: true },
  });
  new sfn.StateMachine(stack, 'Send', { definitionBody: sfn.DefinitionBody.fromChainable(queue) });
  app.synth();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Serves until `use` is done, then interrupts. */
async function serving(args: string[], use: (url: string, said: (text: string) => Promise<void>) => Promise<void>) {
  const written = { out: '', err: '' };
  const awaited = new Set<() => void>();
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      awaited.add(() => {
        if (`${written.out}${written.err}`.includes(text)) resolve();
      });
    });
  let interrupt = () => {};
  let announced = () => {};
  const ready = new Promise<void>((resolve) => {
    announced = resolve;
  });
  const code = cli(
    ['local', ...args, '--port', '0'],
    {
      stdin: (async function* () {})(),
      out: (text) => {
        written.out += text;
        for (const look of awaited) look();
      },
      err: (text) => {
        written.err += text;
        for (const look of awaited) look();
      },
      terminal: { columns: 80, colour: false },
      onInterrupt: (stop) => {
        interrupt = stop;
        announced();
        return () => {};
      },
    },
    '1.2.3',
  );
  await ready;
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(written.out)![0];
  try {
    await use(url, said);
  } finally {
    interrupt();
  }
  return { code: await code, url, ...written };
}

/** What is said of arguments that the command does not take. */
async function refusal(args: string[]): Promise<string> {
  let err = '';
  const code = await cli(
    args,
    {
      stdin: (async function* () {})(),
      out: () => {},
      err: (text) => {
        err += text;
      },
      terminal: { columns: 80, colour: false },
      onInterrupt: () => () => {},
    },
    '1.2.3',
  );
  expect(code).toBe(2);
  return err;
}

async function ask(url: string, action: string, input: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSStepFunctions.${action}`, 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('local', () => {
  test('serves the machines of an app, and ends with Ctrl-C', async () => {
    const { code, url } = await serving([out], async (endpoint) => {
      const { body } = await ask(endpoint, 'ListStateMachines', {});
      const [echo] = body.stateMachines as { stateMachineArn: string }[];
      const started = await ask(endpoint, 'StartExecution', { stateMachineArn: echo!.stateMachineArn, input: '{"a":1}' });
      const { body: described } = await ask(endpoint, 'DescribeExecution', { executionArn: started.body.executionArn });
      expect(described).toMatchObject({ status: 'SUCCEEDED', output: '{"said":{"a":1}}' });
    });
    expect(code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('names at start what a machine calls that is not there, and fails that task by name', async () => {
    const { err } = await serving([out], async (endpoint) => {
      const { body } = await ask(endpoint, 'ListStateMachines', {});
      const send = (body.stateMachines as { stateMachineArn: string; name: string }[]).find(({ name }) =>
        name.startsWith('Send'),
      )!;
      const started = await ask(endpoint, 'StartExecution', { stateMachineArn: send.stateMachineArn });
      const { body: described } = await ask(endpoint, 'DescribeExecution', { executionArn: started.body.executionArn });
      expect(described).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
      expect(described.cause).toContain('nothing on this machine answers for ssm; say who does with --endpoint ssm=URL');
    });
    expect(err).toContain("  - Queue: 'arn:aws:states:::aws-sdk:ssm:getParameter'");
  });

  test('without an app serves what requests create', async () => {
    const cwd = process.cwd();
    process.chdir(folder.replace(/local-test-.*/, ''));
    await serving([], async (endpoint) => {
      const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
      const roleArn = 'arn:aws:iam::123456789012:role/any';
      const { status, body } = await ask(endpoint, 'CreateStateMachine', { name: 'Mine', definition, roleArn });
      expect(status).toBe(200);
      expect(body.stateMachineArn).toBe('arn:aws:states:us-east-1:123456789012:stateMachine:Mine');
    });
    process.chdir(cwd);
  });

  test('says so where the port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    expect(await refusal(['local', out, '--port', String(port)])).toBe(
      `--port: ${port} is taken; give another, or 0 for any that is free\n`,
    );
    blocker.close();
  });

  test.each(['dynamodb', 'dynamodb=', '=http://127.0.0.1', 'dynamodb=127.0.0.1:8000', 'dynamodb=http://:'])(
    'refuses the endpoint %s',
    async (endpoint) => {
      expect(await refusal(['local', out, `--endpoint=${endpoint}`])).toContain(`--endpoint: '${endpoint}' names no endpoint`);
    },
  );

  test('says at start which client a named endpoint needs', async () => {
    const client = 'npm install --save-dev @aws-sdk/client-ssm';
    const { err } = await serving([out, '--endpoint', 'ssm=http://127.0.0.1:9'], async (endpoint) => {
      const { body } = await ask(endpoint, 'ListStateMachines', {});
      const machines = body.stateMachines as { stateMachineArn: string; name: string }[];
      const { stateMachineArn } = machines.find(({ name }) => name.startsWith('Send'))!;
      const started = await ask(endpoint, 'StartExecution', { stateMachineArn });
      const { body: described } = await ask(endpoint, 'DescribeExecution', { executionArn: started.body.executionArn });
      expect(described).toMatchObject({ error: 'States.TaskFailed', cause: expect.stringContaining(client) });
    });
    expect(err).toContain(client);
  });

  test('starts test cases of a mock configuration, named by option or environment', async () => {
    const file = join(folder, 'mocks.json');
    const MockedResponses = { Found: { '0': { Return: { Parameter: { Value: 'on' } } } } };
    const machines = new Map<string, string>();
    await serving([out], async (endpoint) => {
      const { body } = await ask(endpoint, 'ListStateMachines', {});
      for (const { name, stateMachineArn } of body.stateMachines as { name: string; stateMachineArn: string }[]) {
        machines.set(name.replace(/[0-9A-F]{8}.*/, ''), stateMachineArn);
      }
    });
    const arn = machines.get('Send')!;
    const StateMachines = { [arn.split(':')[6]!]: { TestCases: { On: { Queue: 'Found' } } } };
    writeFileSync(file, JSON.stringify({ StateMachines, MockedResponses }));
    const started = async (endpoint: string) => {
      const { body } = await ask(endpoint, 'StartExecution', { stateMachineArn: `${arn}#On` });
      return (await ask(endpoint, 'DescribeExecution', { executionArn: body.executionArn })).body;
    };
    const found = { status: 'SUCCEEDED', output: '{"Parameter":{"Value":"on"}}' };
    await serving([out, '--mock-config', file], async (endpoint) => expect(await started(endpoint)).toMatchObject(found));
    process.env.SFN_MOCK_CONFIG = file;
    try {
      await serving([out], async (endpoint) => expect(await started(endpoint)).toMatchObject(found));
    } finally {
      delete process.env.SFN_MOCK_CONFIG;
    }
  });

  test('refuses a mock configuration that is none, naming the file', async () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{');
    expect(await refusal(['local', out, '--mock-config', file])).toContain(
      `--mock-config: ${file}: the mock configuration is no JSON`,
    );
    expect(await refusal(['local', out, '--mock-config', join(folder, 'none.json')])).toContain('ENOENT');
  });

  test('loads the app anew when it is synthesized again, and keeps the old one where that cannot be read', async () => {
    const watched = join(folder, 'watched.out');
    const synthesize = (name: string) => {
      const app = new App({ outdir: watched });
      const stack = new Stack(app, 'Shop');
      new sfn.StateMachine(stack, name, { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Say')) });
      app.synth();
    };
    synthesize('Before');
    await serving([watched, '--watch'], async (endpoint, said) => {
      synthesize('After');
      await said('After ');
      const { body } = await ask(endpoint, 'ListStateMachines', {});
      expect(body.stateMachines).toMatchObject([{ name: expect.stringMatching(/^After/) }]);

      writeFileSync(join(watched, 'manifest.json'), '{');
      await said('not loaded anew: ');
      expect((await ask(endpoint, 'ListStateMachines', {})).body).toEqual(body);

      rmSync(watched, { recursive: true });
      synthesize('Again');
      await said('Again ');
      expect((await ask(endpoint, 'ListStateMachines', {})).body.stateMachines).toMatchObject([
        { name: expect.stringMatching(/^Again/) },
      ]);
    });
  });

  test('refuses to watch where there is no app', async () => {
    const cwd = process.cwd();
    process.chdir(folder.replace(/local-test-.*/, ''));
    const err = await refusal(['local', '--watch']);
    process.chdir(cwd);
    expect(err).toContain('--watch: there is no app to watch');
  });

  test.each(['-1', 'http', '65536'])('refuses the port %s', async (port) => {
    expect(await refusal(['local', out, `--port=${port}`])).toContain(`--port: '${port}' is no port`);
  });
});
