import { execFile } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import type { LogLine } from '../../../../local/services/lambda/function-config';
import { LambdaService } from '../../../../local/services/lambda/lambda-service';
import { hostDirectory } from '../host-directory';
import { ACCOUNT, arn, LambdaFixture, REGION, UUID } from './fixture';

const ECHO = {
  files: { 'index.js': 'exports.handler = async (event, context) => ({ event, arn: context.invokedFunctionArn })' },
};

const lambda = new LambdaFixture({
  echo: ECHO,
  length: { files: { 'index.js': 'exports.handler = async (event) => event.length' } },
  slow: {
    files: { 'index.js': 'exports.handler = (ms) => new Promise((r) => setTimeout(() => { console.log("slept"); r(ms); }, ms))' },
  },
  reserved: {
    reservedConcurrency: 1,
    files: { 'index.js': 'exports.handler = () => new Promise((r) => setTimeout(r, 50))' },
  },
  crowded: {
    files: {
      'index.js': `const { threadId } = require('node:worker_threads');
      exports.handler = async () => { await new Promise((r) => setTimeout(r, 100)); return threadId; };`,
    },
  },
  prints: {
    files: {
      'index.js': `exports.handler = async () => {
        console.log('hello %s', 'world', { a: 1 });
        console.error('oh no');
        process.stdout.write('one\\ntw');
        process.stdout.write('o\\nhalf');
        require('node:fs').writeSync(1, ' and half\\n');
        require('node:fs').writeSync(2, 'unfinished');
      };`,
    },
  },
  floods: { files: { 'index.js': 'exports.handler = async () => { for (let i = 0; i < 20000; i++) console.log(i); }' } },
  closed: { reservedConcurrency: 0, files: { 'index.js': 'exports.handler = async () => 1' } },
  layered: {
    layers: ['arn:aws:lambda:eu-west-1:1:layer:tools:1', 'arn:aws:lambda:eu-west-1:1:layer:fonts:2'],
    files: { 'index.js': '' },
  },
  unresolved: {
    unresolved: [
      { property: 'Environment.Variables.URL', reason: 'attribute "Url" is not known before deployment' },
      { property: 'Environment.Variables.KEY', reason: 'parameter "Key" has no default' },
    ],
    files: { 'index.js': '' },
  },
  java: { runtime: 'java21', files: { 'index.js': '' } },
  python: { runtime: 'python3.13', files: { 'index.py': 'def handler(event, context):\n    return 1\n' } },
});

afterAll(() => lambda.close());

test.each([
  ['a name', 'echo'],
  ['a name with a qualifier', 'echo:$LATEST'],
  ['an ARN', arn('echo')],
  ['an ARN with a version', `${arn('echo')}:7`],
  ['a partial ARN', `${ACCOUNT}:function:echo`],
])('a function is found by %s', async (_, functionName) => {
  expect(lambda.service.find(functionName)?.name).toBe('echo');
  expect(await lambda.invoke(functionName, { n: 1 })).toMatchObject({
    statusCode: 200,
    payload: { event: { n: 1 }, arn: functionName.startsWith('arn:') ? functionName : arn('echo') },
  });
});

test.each([
  ['an unknown name', 'nobody', arn('nobody')],
  ['an unknown name with a qualifier', 'nobody:live', `${arn('nobody')}:live`],
  ['another account', '210987654321:function:echo', 'arn:aws:lambda:eu-west-1:210987654321:function:echo'],
  ['another region', arn('echo').replace(REGION, 'us-east-1'), arn('echo').replace(REGION, 'us-east-1')],
])('%s is ResourceNotFoundException', async (_, functionName, shown) => {
  expect(lambda.service.find(functionName)).toBeUndefined();
  await expect(lambda.invoke(functionName)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    statusCode: 404,
    message: `Function not found: ${shown}`,
  });
});

test.each(['no such name!', '', 'arn:aws:lambda:eu-west-1:123:function:echo'])('%j names no function', (functionName) => {
  expect(lambda.service.find(functionName)).toBeUndefined();
});

test('to invoke what is no function name is a ValidationException', async () => {
  await expect(lambda.invoke('no such name!')).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(
      /^1 validation error detected: Value 'no such name!' at 'functionName' failed to satisfy constraint/,
    ),
  });
});

test('a payload of the limit passes, one byte more is RequestEntityTooLargeException', async () => {
  expect((await lambda.invoke('length', 'x'.repeat(6_291_454))).payload).toBe(6_291_454);
  await expect(lambda.invoke('length', 'x'.repeat(6_291_455))).rejects.toMatchObject({
    name: 'RequestEntityTooLargeException',
    statusCode: 413,
    message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
  });
});

test('a client context that is no JSON is InvalidRequestContentException', async () => {
  const clientContext = Buffer.from('{').toString('base64');
  await expect(lambda.invoke('echo', {}, { clientContext })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
});

test('a client context of the limit passes, one byte more is InvalidRequestContentException', async () => {
  // 3,583 is no multiple of 4: Base64 may leave out its padding
  const base64 = (bytes: number) =>
    Buffer.from(JSON.stringify({ custom: 'x'.repeat(bytes) }))
      .toString('base64')
      .replace(/=+$/, '');
  const [largest, tooLarge] = [base64(2674), base64(2675)];
  expect([largest.length, tooLarge.length]).toEqual([3583, 3584]);
  expect((await lambda.invoke('echo', {}, { clientContext: largest })).functionError).toBeUndefined();
  await expect(lambda.invoke('echo', {}, { clientContext: tooLarge })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
    statusCode: 400,
    message: 'Client context must be at most 3583 bytes of Base64, got 3584; send the rest in the payload',
  });
});

test('Event returns at once, and the handler runs', async () => {
  expect(await lambda.invoke('slow', 20, { invocationType: 'Event' })).toEqual({
    requestId: expect.stringMatching(UUID),
    statusCode: 202,
    payload: '',
    payloadText: '',
    logs: [],
  });
  expect(lambda.messages('slow')).toEqual([]);
  await lambda.printed('slept');
});

test('DryRun finds the function and runs nothing', async () => {
  expect(await lambda.invoke('floods', {}, { invocationType: 'DryRun' })).toMatchObject({ statusCode: 204, payload: '' });
  await expect(lambda.invoke('nobody', {}, { invocationType: 'DryRun' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(lambda.messages('floods')).toEqual([]);
});

test('an aborted wait rejects with its reason while the handler runs on', async () => {
  const abort = new AbortController();
  const waiting = lambda.invoke('slow', 60, { signal: abort.signal });
  abort.abort(new Error('state timed out'));
  await expect(waiting).rejects.toThrow('state timed out');
  await lambda.printed('slept');
  await expect(lambda.invoke('slow', 60, { signal: abort.signal })).rejects.toThrow('state timed out');
});

test('an invocation beyond the reserved concurrency is TooManyRequestsException', async () => {
  const first = lambda.invoke('reserved');
  await expect(lambda.invoke('reserved')).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    statusCode: 429,
    message: 'Rate Exceeded.',
  });
  await first;
  expect((await lambda.invoke('reserved')).functionError).toBeUndefined();
});

test('a reserved concurrency of 0 throttles every invocation', async () => {
  await expect(lambda.invoke('closed')).rejects.toMatchObject({ name: 'TooManyRequestsException', statusCode: 429 });
});

test('more invocations than threads wait for a free one', async () => {
  const results = await Promise.all(Array.from({ length: 40 }, () => lambda.invoke('crowded')));
  expect(results.filter((result) => result.functionError)).toEqual([]);
  expect(new Set(results.map((result) => result.payload)).size).toBeLessThanOrEqual(32);
}, 20_000);

test('what a handler prints comes in order, with its level, function and request', async () => {
  const { logs, requestId } = await lambda.invoke('prints');
  const line = (message: string, level?: string): LogLine => ({ functionName: 'prints', requestId, message, level });
  expect(logs).toEqual([
    line('hello world { a: 1 }', 'INFO'),
    line('oh no', 'ERROR'),
    line('one'),
    line('two'),
    line('half and half'),
    line('unfinished'),
  ]);
  expect(lambda.lines.filter((printed) => printed.functionName === 'prints')).toEqual(logs);
});

test('a log without end is cut, and says so', async () => {
  const { logs } = await lambda.invoke('floods');
  expect(logs).toHaveLength(10_001);
  expect(logs.at(-1)).toMatchObject({ level: 'WARN', message: expect.stringMatching(/^log cut: /) });
  expect((await lambda.invoke('floods')).logs[0]!.message).toBe('0');
});

test('a runtime that does not run here is named, with the way out', async () => {
  await expect(lambda.invoke('java')).rejects.toMatchObject({
    name: 'UnsupportedFunctionError',
    message: "function 'java': runtime 'java21' does not run locally; use nodejs or python3, or answer its tasks in a test",
  });
});

test('layers are named, with the way out', async () => {
  await expect(lambda.invoke('layered')).rejects.toMatchObject({
    name: 'UnsupportedFunctionError',
    message:
      "function 'layered': layers do not run locally, it has 'arn:aws:lambda:eu-west-1:1:layer:tools:1', 'arn:aws:lambda:eu-west-1:1:layer:fonts:2'; bundle what they hold into the function, or answer its tasks in a test",
  });
});

test('what could not be resolved is named, with its reason', async () => {
  await expect(lambda.invoke('unresolved')).rejects.toMatchObject({
    name: 'UnsupportedFunctionError',
    message:
      'function \'unresolved\': Environment.Variables.URL could not be resolved: attribute "Url" is not known before deployment; ' +
      'Environment.Variables.KEY could not be resolved: parameter "Key" has no default, or answer its tasks in a test',
  });
});

test('the file system is asked once whether a function can run', () => {
  const directory = mkdtempSync(join(tmpdir(), 'code-'));
  const config = { ...lambda.service.find('echo')!, code: { directory } };
  expect(lambda.service.unsupported(config)).toBeUndefined();
  rmdirSync(directory);
  expect(lambda.service.unsupported(config)).toBeUndefined();
  expect(lambda.service.unsupported({ ...config })).toContain('is no folder');
});

test('code that is a zip file is named, with the way out', () => {
  const config = { ...lambda.service.find('echo')!, name: 'zipped', code: { directory: __filename } };
  expect(lambda.service.unsupported(config)).toMatch(
    /^function 'zipped': its code '.*' is no folder; give lambda\.Code\.fromAsset a folder/,
  );
});

test('a Python function without python3 on PATH is named, with the way out', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    await expect(lambda.invoke('python')).rejects.toThrow(
      "function 'python': runtime 'python3.13' needs python3, which is not on PATH; install it, or answer its tasks in a test",
    );
  } finally {
    process.env.PATH = path;
  }
});

describe('inline code and closing', () => {
  const inline = (name: string, runtime: string, text: string) => ({
    name,
    arn: arn(name),
    runtime,
    handler: 'index.handler',
    code: { inline: text },
  });
  const FUNCTIONS = [
    inline('node', 'nodejs22.x', 'exports.handler = async () => __dirname'),
    inline('python', 'python3.13', 'import os\ndef handler(event, context):\n    return [os.getcwd(), os.getpid()]\n'),
    inline(
      'hangs',
      'nodejs22.x',
      'exports.handler = () => { console.log("up"); return new Promise((r) => setTimeout(r, 60000)) }',
    ),
    inline('hangsPython', 'python3.13', 'import time\ndef handler(event, context):\n    print("up")\n    time.sleep(60)\n'),
  ].map((config) => ({ ...config, timeoutSeconds: 60 }));
  const create = (onLog?: (line: LogLine) => void) =>
    new LambdaService({ region: REGION, accountId: ACCOUNT, hostDirectory: hostDirectory(), functions: FUNCTIONS, onLog });

  test('inline code runs, and close removes its folder', async () => {
    const service = create();
    const node = (await service.invoke({ functionName: 'node', payload: {} })).payload as string;
    const [python] = (await service.invoke({ functionName: 'python', payload: {} })).payload as [string];
    expect([existsSync(node), existsSync(python)]).toEqual([true, true]);
    await service.close();
    expect([existsSync(node), existsSync(python)]).toEqual([false, false]);
  });

  test('close ends every thread and child, and what they were doing', async () => {
    const up = new EventEmitter();
    const service = create((line) => up.emit(line.functionName));
    const [, pid] = (await service.invoke({ functionName: 'python', payload: {} })).payload as [string, number];
    const running = Promise.all(['hangs', 'hangsPython'].map((functionName) => once(up, functionName)));
    const waiting = ['hangs', 'hangsPython'].map((functionName) => service.invoke({ functionName, payload: {} }));
    await running;
    await service.close();
    for (const { payload } of await Promise.all(waiting)) {
      expect(payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    }
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(service.invoke({ functionName: 'node', payload: {} })).rejects.toThrow('the Lambda service is closed');
  });

  // a hanging handler would keep the process for 60 s
  test('a process ends by itself once its service is closed', async () => {
    const { outputFiles } = buildSync({
      stdin: {
        resolveDir: __dirname,
        contents: `import { LambdaService } from '../../../../local/services/lambda/lambda-service';
          const functions = ${JSON.stringify(FUNCTIONS)};
          const up = new Set();
          const service = new LambdaService({
            region: 'eu-west-1', accountId: '123456789012', functions, hostDirectory: ${JSON.stringify(hostDirectory())},
            onLog: ({ functionName }) => up.add(functionName).size === 2 && service.close().then(() => console.log('closed')),
          });
          service.invoke({ functionName: 'hangs', payload: {} });
          service.invoke({ functionName: 'hangsPython', payload: {} });`,
      },
      bundle: true,
      platform: 'node',
      target: 'node20',
      write: false,
    });
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', outputFiles[0]!.text], { timeout: 15_000 });
    expect(stdout).toBe('closed\n');
  }, 20_000);
});
