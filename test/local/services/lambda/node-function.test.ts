import { arn, LambdaFixture, UUID } from './fixture';

const lambda = new LambdaFixture({
  async: { files: { 'index.js': 'exports.handler = async (event) => ({ got: event })' } },
  promise: { files: { 'index.js': 'exports.handler = (event) => Promise.resolve(event.n + 1)' } },
  callback: {
    files: { 'index.js': 'exports.handler = (event, context, callback) => { setTimeout(callback, 5, null, "done") }' },
  },
  waiting: {
    files: {
      'index.js': `exports.handler = (event, context, callback) => {
        setTimeout(() => { globalThis.late = true; }, 20);
        callback(null, globalThis.late ?? false);
      }`,
    },
  },
  hasty: {
    files: {
      'index.js': `exports.handler = (event, context, callback) => {
        context.callbackWaitsForEmptyEventLoop = false;
        setTimeout(() => {}, 60_000);
        callback(null, 'at once');
      }`,
    },
  },
  silent: { files: { 'index.js': 'exports.handler = () => {}' } },
  undefined: { files: { 'index.js': 'exports.handler = async () => {}' } },
  never: { files: { 'index.js': 'exports.handler = async (event) => event.hang ? new Promise(() => {}) : "fine"' } },
  modern: { runtime: 'nodejs24.x', files: { 'index.js': 'exports.handler = (event) => event.n * 2' } },
  modernCallback: { runtime: 'nodejs24.x', files: { 'index.js': 'exports.handler = (event, context, callback) => callback()' } },
  mjs: { files: { 'index.mjs': 'import { sep } from "node:path"; export const handler = async () => sep' } },
  cjs: { files: { 'index.cjs': 'exports.handler = async () => "cjs"' } },
  typeModule: {
    files: { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = async () => import.meta.url' },
  },
  nestedFile: { handler: 'lib/deep/main.handler', files: { 'lib/deep/main.js': 'exports.handler = async () => "deep"' } },
  nestedExport: { handler: 'index.api.get', files: { 'index.js': 'exports.api = { get: async () => "nested" }' } },
  context: {
    memorySize: 256,
    timeoutSeconds: 7,
    files: {
      'index.js': `exports.handler = async (event, context) => ({
        ...context,
        remaining: context.getRemainingTimeInMillis(),
        client: context.clientContext,
      })`,
    },
  },
  environment: {
    environment: { TABLE: 'votes' },
    files: { 'index.js': 'exports.handler = async () => process.env' },
  },
  counter: { files: { 'index.js': 'let n = 0; exports.handler = async () => { n += 1; return n; }' } },
  thread: {
    files: {
      'index.js': `const { threadId } = require('node:worker_threads');
      exports.handler = async ({ ms }) => { await new Promise((r) => setTimeout(r, ms)); return threadId; }`,
    },
  },
  folder: {
    files: {
      'index.js': 'exports.handler = async () => require("node:path").resolve("template.html")',
    },
  },
  asksForItself: { files: { 'index.js': 'exports.handler = async () => process.kill(process.pid, 0)' } },
  hearsSignal: {
    files: {
      'index.js': `exports.handler = async () => {
        const heard = new Promise((resolve) => process.once('SIGUSR2', resolve));
        process.kill(process.pid, 'SIGUSR2');
        return heard;
      }`,
    },
  },
  stopsChild: {
    files: {
      'index.js': `exports.handler = () => new Promise((resolve) => {
        const child = require('node:child_process').spawn('sleep', ['60']);
        child.on('exit', (code, signal) => resolve(signal));
        process.kill(child.pid);
      })`,
    },
  },
  nodeOptions: {
    environment: { NODE_OPTIONS: '--max-old-space-size=64' },
    files: { 'index.js': 'exports.handler = async () => "runs"' },
  },
});

afterAll(() => lambda.close());

test.each([
  ['an async handler', 'async', { n: 1 }, { got: { n: 1 } }],
  ['a handler that returns a promise', 'promise', { n: 1 }, 2],
  ['a handler with a callback', 'callback', {}, 'done'],
  ['a handler that ends without an answer', 'silent', {}, null],
  ['a handler that returns undefined', 'undefined', {}, null],
  ['a plain function under nodejs24', 'modern', { n: 21 }, 42],
  ['an .mjs module', 'mjs', {}, '/'],
  ['a .cjs module', 'cjs', {}, 'cjs'],
  ['a handler in a folder', 'nestedFile', {}, 'deep'],
  ['a handler in an object', 'nestedExport', {}, 'nested'],
  ['a handler that asks whether it is there', 'asksForItself', {}, true],
  ['a handler that listens for its own signal', 'hearsSignal', {}, 'SIGUSR2'],
  ['a handler that ends a child', 'stopsChild', {}, 'SIGTERM'],
  ['a function whose NODE_OPTIONS only a process takes', 'nodeOptions', {}, 'runs'],
])('%s answers', async (_, name, event, answer) => {
  expect(await lambda.invoke(name, event)).toMatchObject({ statusCode: 200, executedVersion: '$LATEST', payload: answer });
});

test('a .js file under "type": "module" is an ES module', async () => {
  expect((await lambda.invoke('typeModule')).payload).toMatch(/^file:.*\/typeModule\/index\.js$/);
});

test('a callback waits for the event loop to empty', async () => {
  expect((await lambda.invoke('waiting')).payload).toBe(false);
  expect((await lambda.invoke('waiting')).payload).toBe(true);
});

test('callbackWaitsForEmptyEventLoop = false answers at once', async () => {
  expect((await lambda.invoke('hasty')).payload).toBe('at once');
});

test('a promise that nothing can settle any more is Runtime.NodeJsExit, and the next invocation answers', async () => {
  const result = await lambda.invoke('never', { hang: true });
  expect(result.functionError).toBe('Unhandled');
  expect(result.payload).toMatchObject({
    errorType: 'Runtime.NodeJsExit',
    errorMessage: expect.stringContaining('caused by a Promise that was never settled'),
  });
  expect((await lambda.invoke('never')).payload).toBe('fine');
});

test('a callback handler is refused under nodejs24, as AWS refuses it', async () => {
  expect((await lambda.invoke('modernCallback')).payload).toMatchObject({
    errorType: 'Runtime.CallbackHandlerDeprecated',
    errorMessage: expect.stringMatching(/^ERROR: AWS Lambda has removed support for callback-based function handlers/),
  });
});

test('the context is complete', async () => {
  const client = { custom: { a: 1 }, env: { locale: 'de' } };
  const { payload } = await lambda.invoke(
    'context',
    {},
    { clientContext: Buffer.from(JSON.stringify(client)).toString('base64') },
  );
  const { remaining, ...context } = payload as { remaining: number };
  expect(context).toEqual({
    functionName: 'context',
    functionVersion: '$LATEST',
    invokedFunctionArn: arn('context'),
    memoryLimitInMB: '256',
    awsRequestId: expect.stringMatching(UUID),
    logGroupName: '/aws/lambda/context',
    logStreamName: expect.stringMatching(/^\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}$/),
    callbackWaitsForEmptyEventLoop: true,
    clientContext: client,
    client,
  });
  expect(remaining).toBeLessThanOrEqual(7000);
  expect(remaining).toBeGreaterThan(6000);
});

test("the environment is the function's own and Lambda's, none of the machine's secrets", async () => {
  process.env.LAPTOP_SECRET = 'hunter2';
  try {
    const { payload } = await lambda.invoke('environment');
    expect(payload).toMatchObject({
      TABLE: 'votes',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_ACCESS_KEY_ID: 'local',
      _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: lambda.directory('environment'),
      TZ: ':UTC',
      PATH: process.env.PATH,
    });
    expect(payload).not.toHaveProperty('LAPTOP_SECRET');
    expect(payload).not.toHaveProperty('JEST_WORKER_ID');
  } finally {
    delete process.env.LAPTOP_SECRET;
  }
});

test("a module's state is kept between invocations", async () => {
  expect((await lambda.invoke('counter')).payload).toBe(1);
  expect((await lambda.invoke('counter')).payload).toBe(2);
});

test('concurrent invocations run in threads of their own, later ones reuse them', async () => {
  const [one, two] = await Promise.all([lambda.invoke('thread', { ms: 30 }), lambda.invoke('thread', { ms: 30 })]);
  expect(one.payload).not.toBe(two.payload);
  expect([one.payload, two.payload]).toContain((await lambda.invoke('thread', { ms: 0 })).payload);
});

test('relative paths resolve in the code of the function', async () => {
  expect((await lambda.invoke('folder')).payload).toBe(`${lambda.directory('folder')}/template.html`);
});
