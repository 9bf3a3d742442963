import { writeFileSync } from 'node:fs';
import { LambdaFixture } from './fixture';

/** Each handler fails when asked to, and answers "fine" otherwise. */
function failing(body: string): { timeoutSeconds: number; files: Record<string, string> } {
  return {
    timeoutSeconds: 1,
    files: { 'index.js': `exports.handler = async (event) => { if (!event.fail) return 'fine'; ${body} };` },
  };
}

const lambda = new LambdaFixture({
  throws: failing('const e = new TypeError("bad input"); e.name = "InvalidOrder"; throw e;'),
  throwsString: failing('throw "just text";'),
  throwsObject: failing('throw { code: 42 };'),
  throwsUndefined: failing('throw undefined;'),
  throwsHostile: failing('throw { get name() { throw new Error("no"); } };'),
  circular: failing('const a = {}; a.a = a; return a;'),
  bigint: failing('return 1n;'),
  tooLarge: failing('return "x".repeat(6291556);'),
  largest: failing('return "x".repeat(6291554);'),
  waitsForever: failing('setInterval(() => {}, 1000); return new Promise(() => {});'),
  spins: failing('for (;;) {}'),
  floods: failing('for (;;) console.log("x".repeat(1000));'),
  exitsOne: failing('process.exit(1);'),
  exitsZero: failing('process.exit(0);'),
  killsItself: failing('process.kill(process.pid); return "alive";'),
  killsItsGroup: failing('process.kill(-process.pid, 9); return "alive";'),
  killsAnybody: failing('process.kill(0, "SIGKILL"); return "alive";'),
  exhaustsMemory: { ...failing('const a = []; for (;;) a.push(new Array(10000).fill({}));'), timeoutSeconds: 30, memorySize: 32 },
  rejectsAside: failing('Promise.reject(new RangeError("lost")); await new Promise((r) => setTimeout(r, 500));'),
  throwsAside: failing('setTimeout(() => { throw new RangeError("late") }); await new Promise((r) => setTimeout(r, 500));'),
  postsJunk: failing(
    'for (const junk of [null, 1, {}, { type: "toString" }, { type: "log" }]) require("node:worker_threads").parentPort.postMessage(junk); return "fine";',
  ),
  throwsAfterwards: failing('setTimeout(() => { throw new RangeError("after") }, 5); return "returned";'),
  syncThrow: { files: { 'index.js': 'exports.handler = (event) => { throw new Error("sync"); }' } },
  callbackError: { files: { 'index.js': 'exports.handler = (event, context, callback) => callback(new Error("called back"))' } },
  missingModule: { files: { 'index.js': 'require("left-pad-of-nobody"); exports.handler = async () => 1;' } },
  missingFile: { handler: 'absent.handler', files: { 'index.js': '' } },
  missingExport: { files: { 'index.js': 'exports.other = 1;' } },
  noFunction: { files: { 'index.js': 'exports.handler = 1;' } },
  malformedName: { handler: 'index', files: { 'index.js': '' } },
  outsideName: { handler: '../index.handler', files: { 'index.js': '' } },
  syntaxError: { files: { 'index.js': 'exports.handler = async () => { return 1' } },
  throwsOnLoad: { files: { 'index.js': 'throw new RangeError("no config")' } },
  exitsOnLoad: { files: { 'index.js': 'process.exit(3)' } },
});

afterAll(() => lambda.close());

test.each([
  ['an error', 'throws', { errorType: 'InvalidOrder', errorMessage: 'bad input' }],
  ['a thrown string', 'throwsString', { errorType: 'string', errorMessage: 'just text', trace: [] }],
  ['a thrown object', 'throwsObject', { errorType: 'object', errorMessage: '[object Object]', trace: [] }],
  ['a thrown undefined', 'throwsUndefined', { errorType: 'string', errorMessage: 'handled', trace: [] }],
  ['a thrown object that cannot be read', 'throwsHostile', { errorType: 'handled' }],
  ['a circular result', 'circular', { errorType: 'Error', errorMessage: 'Unable to stringify response body' }],
  ['a BigInt result', 'bigint', { errorType: 'Error', errorMessage: 'Unable to stringify response body' }],
  [
    'a result over the limit',
    'tooLarge',
    {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
  ],
  [
    'a handler that waits forever',
    'waitsForever',
    { errorType: 'Sandbox.Timedout', errorMessage: /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/ },
  ],
  [
    'a handler that spins',
    'spins',
    { errorType: 'Sandbox.Timedout', errorMessage: /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/ },
  ],
  [
    'a handler that logs without end',
    'floods',
    { errorType: 'Sandbox.Timedout', errorMessage: /Task timed out after 1\.00 seconds$/ },
  ],
  [
    'process.exit(1)',
    'exitsOne',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 1$/,
    },
  ],
  [
    'process.exit(0)',
    'exitsZero',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: /^RequestId: [0-9a-f-]{36} Error: Runtime exited without providing a reason$/,
    },
  ],
  [
    'process.kill(process.pid)',
    'killsItself',
    { errorType: 'Runtime.ExitError', errorMessage: /Runtime exited with error: signal: terminated$/ },
  ],
  [
    'process.kill(-process.pid, 9)',
    'killsItsGroup',
    { errorType: 'Runtime.ExitError', errorMessage: /Runtime exited with error: signal: killed$/ },
  ],
  [
    'process.kill(0)',
    'killsAnybody',
    { errorType: 'Runtime.ExitError', errorMessage: /Runtime exited with error: signal: killed$/ },
  ],
  [
    'a full heap',
    'exhaustsMemory',
    { errorType: 'Runtime.ExitError', errorMessage: /Runtime exited with error: signal: aborted$/ },
  ],
  [
    'an unhandled rejection',
    'rejectsAside',
    { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'RangeError: lost' },
  ],
  ['an uncaught exception', 'throwsAside', { errorType: 'RangeError', errorMessage: 'late' }],
])('%s ends in the error AWS gives, and the next invocation answers', async (_, name, error) => {
  const result = await lambda.invoke(name, { fail: true });
  expect(result).toMatchObject({ statusCode: 200, functionError: 'Unhandled', executedVersion: '$LATEST' });
  const { errorMessage, ...rest } = error as { errorMessage?: string | RegExp };
  expect(result.payload).toMatchObject(rest);
  if (errorMessage !== undefined) {
    expect((result.payload as { errorMessage: string }).errorMessage).toMatch(
      errorMessage instanceof RegExp ? errorMessage : new RegExp(`^${quote(errorMessage)}$`),
    );
  }
  expect(await lambda.invoke(name)).toMatchObject({ payload: 'fine' });
  expect((await lambda.invoke(name)).functionError).toBeUndefined();
});

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test.each([
  [
    'a module it requires is missing',
    'missingModule',
    'Runtime.ImportModuleError',
    /^Error: Cannot find module 'left-pad-of-nobody'\nRequire stack:\n- /,
  ],
  ['its file is missing', 'missingFile', 'Runtime.ImportModuleError', /^Error: Cannot find module 'absent'/],
  ['its export is missing', 'missingExport', 'Runtime.HandlerNotFound', /^index\.handler is undefined or not exported$/],
  ['its export is no function', 'noFunction', 'Runtime.HandlerNotFound', /^index\.handler is not a function$/],
  ['its name lacks a function', 'malformedName', 'Runtime.MalformedHandlerName', /^Bad handler$/],
  [
    'its name leaves the code',
    'outsideName',
    'Runtime.MalformedHandlerName',
    /^'\.\.\/index\.handler' is not a valid handler name\. Use absolute paths/,
  ],
  ['its code does not parse', 'syntaxError', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
  ['its module throws', 'throwsOnLoad', 'RangeError', /^no config$/],
  [
    'its module exits',
    'exitsOnLoad',
    'Runtime.ExitError',
    /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/,
  ],
  ['it throws before it returns', 'syncThrow', 'Error', /^sync$/],
  ['it calls back an error', 'callbackError', 'Error', /^called back$/],
])('a function fails if %s', async (_, name, errorType, errorMessage) => {
  for (const attempt of [1, 2]) {
    const { functionError, payload } = await lambda.invoke(name);
    expect({ attempt, functionError, errorType: (payload as { errorType: string }).errorType }).toEqual({
      attempt,
      functionError: 'Unhandled',
      errorType,
    });
    expect((payload as { errorMessage: string }).errorMessage).toMatch(errorMessage);
  }
});

test('an error is shaped as Lambda shapes it: errorType, errorMessage, trace', async () => {
  const { payload, payloadText } = await lambda.invoke('throws', { fail: true });
  expect(Object.keys(payload as object)).toEqual(['errorType', 'errorMessage', 'trace']);
  expect(JSON.parse(payloadText)).toEqual(payload);
  expect((payload as { trace: string[] }).trace[0]).toMatch(/: bad input$/);
  expect((payload as { trace: string[] }).trace[1]).toContain('/throws/index.js:1:');
});

test('a result of exactly the limit passes', async () => {
  expect(Buffer.byteLength((await lambda.invoke('largest', { fail: true })).payloadText)).toBe(6_291_556);
});

test('an exception after the answer leaves the answer alone, and the next invocation answers', async () => {
  expect((await lambda.invoke('throwsAfterwards', { fail: true })).payload).toBe('returned');
  await lambda.printed('"errorMessage":"after"');
  expect((await lambda.invoke('throwsAfterwards')).payload).toBe('fine');
});

test("what a handler posts on the thread's port does no harm", async () => {
  expect((await lambda.invoke('postsJunk', { fail: true })).payload).toBe('fine');
});

test('a module that was missing loads once it is there', async () => {
  expect((await lambda.invoke('missingFile')).functionError).toBe('Unhandled');
  writeFileSync(`${lambda.directory('missingFile')}/absent.js`, 'exports.handler = async () => "mended"');
  expect((await lambda.invoke('missingFile')).payload).toBe('mended');
});
