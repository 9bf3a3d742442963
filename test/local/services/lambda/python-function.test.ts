import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { FunctionConfig } from '../../../../local/services/lambda/function-config';
import type { InvokeResult } from '../../../../local/services/lambda/lambda-service';
import { arn, LambdaFixture, UUID } from './fixture';

function python(source: string, more: Partial<FunctionConfig> & { files?: Record<string, string> } = {}) {
  return { runtime: 'python3.13', timeoutSeconds: 1, ...more, files: { 'index.py': source, ...more.files } };
}

/** Each handler fails when asked to, and answers "fine" otherwise. */
function failing(body: string, imports = '') {
  return python(`${imports}\ndef handler(event, context):\n    if not event.get("fail"):\n        return "fine"\n    ${body}\n`);
}

/** A process that inherits the pipes and outlives the handler's process group, as a daemon does. */
const DAEMON = `import os
from subprocess import Popen
def daemon():
    print(Popen(["sleep", "60"], start_new_session=True).pid)
`;

const lambda = new LambdaFixture({
  echo: python('def handler(event, context):\n    return event\n'),
  package: python('', {
    handler: 'shop/orders.lambda_handler',
    files: { 'shop/__init__.py': '', 'shop/orders.py': 'def lambda_handler(event, context):\n    return "packed"\n' },
  }),
  counter: python('n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n'),
  context: python(
    `def handler(event, context):
    client = context.client_context
    return {
        "id": context.aws_request_id, "name": context.function_name, "version": context.function_version,
        "arn": context.invoked_function_arn, "memory": context.memory_limit_in_mb, "group": context.log_group_name,
        "stream": context.log_stream_name, "remaining": context.get_remaining_time_in_millis(),
        "custom": client.custom, "env": client.env, "app": client.client.app_title, "version_name": client.client.app_version_name,
        "identity": context.identity.cognito_identity_id,
    }
`,
    { timeoutSeconds: 7, memorySize: 256 },
  ),
  environment: python('import os\ndef handler(event, context):\n    return {**os.environ, "cwd": os.getcwd()}\n'),
  imports: python('import helper\ndef handler(event, context):\n    return helper.answer\n', {
    files: { 'helper.py': 'answer = 42\n' },
  }),
  decimals: python(
    'from decimal import Decimal\ndef handler(event, context):\n    return {"i": Decimal("12"), "f": Decimal("1.5"), "e": Decimal("1E+2")}\n',
  ),
  bytes: python('import json\ndef handler(event, context):\n    return json.dumps({"b": 1}).encode()\n'),
  notJson: python('def handler(event, context):\n    return b"<html>"\n'),
  prints: python(
    `import logging, os, subprocess, sys
def handler(event, context):
    print("printed")
    print("half", end="")
    sys.stderr.write("to stderr\\n")
    logging.getLogger().error("logged %s", 1)
    sys.stdout.buffer.write(b"bytes\\n")
    os.write(1, b'{"type":"response","requestId":"forged","text":"1"}\\n')
    subprocess.run(["echo", "from a child"])
    return "answered"
`,
    { timeoutSeconds: 10 },
  ),
  raises: python('def handler(event, context):\n    raise Exception("Some exception was raised.")\n'),
  raisesCustom: failing('raise CustomError()', 'class CustomError(Exception):\n    pass'),
  unserializable: failing('return {1, 2}'),
  circular: failing('a = []; a.append(a); return a'),
  tooLarge: failing('return "x" * 6291556'),
  waitsForever: failing('time.sleep(60)', 'import time'),
  spins: failing('while True: pass'),
  exitsOne: failing('sys.exit(1)', 'import sys'),
  exitsZero: failing('sys.exit(0)', 'import sys'),
  exitsHard: failing('os._exit(7)', 'import os'),
  killsItself: failing('os.kill(os.getpid(), 9)', 'import os'),
  breaksTheChannel: failing('os.write(4, event["fail"].encode() + b"\\n"); return "answered"', 'import os'),
  saysReady: python(
    'import os\nn = 0\ndef handler(event, context):\n    global n\n    n += 1\n    os.write(4, b\'{"type":"ready"}\\n\')\n    return n\n',
  ),
  exitsBesideDaemon: failing('daemon(); os._exit(3)', DAEMON),
  exitsBesideChild: failing('print(Popen(["sleep", "60"]).pid); os._exit(3)', DAEMON),
  missingModule: python('import no_such_module\ndef handler(event, context):\n    return 1\n'),
  missingFile: python('', { handler: 'absent.handler' }),
  missingHandler: python('def other(event, context):\n    return 1\n'),
  malformedName: python('', { handler: 'index' }),
  builtIn: python('', { handler: 'sys.handler' }),
  syntaxError: python('def handler(event, context)\n    return 1\n'),
  raisesOnLoad: python('raise ValueError("no config")\n'),
});

afterAll(() => lambda.close());

test.each([
  ['a module', 'echo', { a: [1, 'ü', null, true] }, { a: [1, 'ü', null, true] }],
  ['a module in a package', 'package', {}, 'packed'],
  ['a module that imports its neighbour', 'imports', {}, 42],
  ['a handler that returns Decimals', 'decimals', {}, { i: 12, f: 1.5, e: 100 }],
  ['a handler that returns JSON as bytes', 'bytes', {}, { b: 1 }],
  ['a handler that returns bytes that are no JSON', 'notJson', {}, '<html>'],
])('%s answers', async (_, name, event, answer) => {
  expect(await lambda.invoke(name, event)).toMatchObject({ statusCode: 200, payload: answer });
});

test("a module's state is kept between invocations", async () => {
  expect((await lambda.invoke('counter')).payload).toBe(1);
  expect((await lambda.invoke('counter')).payload).toBe(2);
});

test('the context is complete', async () => {
  const client = { custom: { a: 1 }, env: { locale: 'de' }, client: { app_title: 'shop' } };
  const clientContext = Buffer.from(JSON.stringify(client)).toString('base64');
  const { remaining, ...context } = (await lambda.invoke('context', {}, { clientContext })).payload as { remaining: number };
  expect(context).toEqual({
    id: expect.stringMatching(UUID),
    name: 'context',
    version: '$LATEST',
    arn: arn('context'),
    memory: '256',
    group: '/aws/lambda/context',
    stream: expect.stringMatching(/^\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}$/),
    custom: { a: 1 },
    env: { locale: 'de' },
    app: 'shop',
    version_name: null,
    identity: null,
  });
  expect(remaining).toBeLessThanOrEqual(7000);
  expect(remaining).toBeGreaterThan(5000);
});

test("the environment holds none of the machine's secrets, and the working directory is the code", async () => {
  process.env.LAPTOP_SECRET = 'hunter2';
  try {
    const { payload } = await lambda.invoke('environment');
    expect(payload).toMatchObject({ AWS_EXECUTION_ENV: 'AWS_Lambda_python3.13', cwd: lambda.directory('environment') });
    expect(payload).not.toHaveProperty('LAPTOP_SECRET');
  } finally {
    delete process.env.LAPTOP_SECRET;
  }
});

test('nothing is written into the code', async () => {
  await lambda.invoke('imports');
  expect(existsSync(`${lambda.directory('imports')}/__pycache__`)).toBe(false);
});

test('what a handler prints is logged, and cannot disturb the answer', async () => {
  const result = await lambda.invoke('prints');
  expect(result.payload).toBe('answered');
  expect(result.logs.filter((line) => !line.message.startsWith('{') && line.message !== 'from a child')).toEqual([
    { functionName: 'prints', requestId: result.requestId, message: 'printed' },
    { functionName: 'prints', requestId: result.requestId, message: 'to stderr' },
    { functionName: 'prints', requestId: result.requestId, level: 'ERROR', message: 'logged 1' },
    { functionName: 'prints', requestId: result.requestId, message: 'halfbytes' },
  ]);
  await lambda.printed('from a child');
  await lambda.printed('"requestId":"forged"');
});

test('an exception is shaped as Lambda shapes it', async () => {
  const { payload, functionError, requestId, payloadText } = await lambda.invoke('raises');
  expect(functionError).toBe('Unhandled');
  expect(payloadText).toMatch(/^\{"errorMessage": "Some exception was raised\.", "errorType": "Exception", "requestId": /);
  expect(payload).toEqual({
    errorMessage: 'Some exception was raised.',
    errorType: 'Exception',
    requestId,
    stackTrace: [
      `  File "${lambda.directory('raises')}/index.py", line 2, in handler\n    raise Exception("Some exception was raised.")\n`,
    ],
  });
});

test.each([
  ['a custom exception', 'raisesCustom', 'CustomError', /^$/],
  [
    'a result that is no JSON',
    'unserializable',
    'Runtime.MarshalError',
    /^Unable to marshal response: Object of type set is not JSON serializable$/,
  ],
  ['a circular result', 'circular', 'Runtime.MarshalError', /^Unable to marshal response: Circular reference detected$/],
  [
    'a result over the limit',
    'tooLarge',
    'Function.ResponseSizeTooLarge',
    /^Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.$/,
  ],
  [
    'a handler that waits forever',
    'waitsForever',
    'Sandbox.Timedout',
    /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/,
  ],
  ['a handler that spins', 'spins', 'Sandbox.Timedout', /Task timed out after 1\.00 seconds$/],
  ['sys.exit(1)', 'exitsOne', 'Runtime.ExitError', /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 1$/],
  ['sys.exit(0)', 'exitsZero', 'Runtime.ExitError', /Error: Runtime exited without providing a reason$/],
  ['os._exit(7)', 'exitsHard', 'Runtime.ExitError', /Error: Runtime exited with error: exit status 7$/],
  ['a killed process', 'killsItself', 'Runtime.ExitError', /Error: Runtime exited with error: signal: killed$/],
])('%s ends in the error AWS gives, and the next invocation answers', async (_, name, errorType, errorMessage) => {
  const { functionError, payload } = await lambda.invoke(name, { fail: true });
  expect({ functionError, errorType: (payload as { errorType: string }).errorType }).toEqual({
    functionError: 'Unhandled',
    errorType,
  });
  expect((payload as { errorMessage: string }).errorMessage).toMatch(errorMessage);
  expect((await lambda.invoke(name)).payload).toBe('fine');
});

test.each([
  'garbage',
  'null',
  '1',
  '[]',
  '{"type":"unknown"}',
  '{"type":"constructor"}',
  '{"type":"log","requestId":"","message":1}',
  '{"type":"log","requestId":"","message":"","level":1}',
  '{"type":"response","requestId":""}',
])('%s on the descriptor of the answers is a line of the log', async (line) => {
  expect((await lambda.invoke('breaksTheChannel', { fail: line })).payload).toBe('answered');
  expect(lambda.messages('breaksTheChannel')).toContain(line);
});

test('a handler that says for its host that it is ready runs once', async () => {
  expect((await lambda.invoke('saysReady')).payload).toBe(1);
  expect((await lambda.invoke('saysReady')).payload).toBe(2);
});

describe('what a handler leaves running', () => {
  const left: number[] = [];
  afterAll(() => {
    for (const pid of left.filter(isRunning)) process.kill(pid, 'SIGKILL');
  });

  async function invokeAndLeave(service: LambdaFixture, name: string): Promise<InvokeResult> {
    const result = await service.invoke(name, { fail: true });
    left.push(Number(result.logs[0]!.message));
    return result;
  }

  test.each(['exitsBesideDaemon', 'exitsBesideChild'])('does not hide how it ended: %s', async (name) => {
    const { payload } = await invokeAndLeave(lambda, name);
    expect(payload).toMatchObject({ errorMessage: expect.stringMatching(/Runtime exited with error: exit status 3$/) });
    expect((await lambda.invoke(name)).payload).toBe('fine');
  });

  test('ends with it, unless it is a session of its own', async () => {
    await invokeAndLeave(lambda, 'exitsBesideChild');
    await invokeAndLeave(lambda, 'exitsBesideDaemon');
    expect(left.slice(-2).map(isRunning)).toEqual([false, true]);
  });

  test('does not keep the service from closing', async () => {
    const other = new LambdaFixture({ leavesDaemon: failing('daemon(); return "answered"', DAEMON) });
    expect((await invokeAndLeave(other, 'leavesDaemon')).payload).toBe('answered');
    await other.close();
    expect(isRunning(left.at(-1)!)).toBe(true);
  });
});

function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  // a zombie has ended, and nobody has asked how
  return stdout !== '' && !stdout.startsWith('Z');
}

test.each([
  [
    'a module it imports is missing',
    'missingModule',
    'Runtime.ImportModuleError',
    "Unable to import module 'index': No module named 'no_such_module'",
  ],
  [
    'its file is missing',
    'missingFile',
    'Runtime.ImportModuleError',
    "Unable to import module 'absent': No module named 'absent'",
  ],
  ['its handler is missing', 'missingHandler', 'Runtime.HandlerNotFound', "Handler 'handler' missing on module 'index'"],
  [
    'its name lacks a function',
    'malformedName',
    'Runtime.MalformedHandlerName',
    "Bad handler 'index': not enough values to unpack (expected 2, got 1)",
  ],
  ['its module is built in', 'builtIn', 'Runtime.BuiltInModuleConflict', 'Cannot use built-in module sys as a handler module'],
  [
    'its code does not parse',
    'syntaxError',
    'Runtime.UserCodeSyntaxError',
    expect.stringMatching(/^Syntax error in module 'index': .*\(index\.py, line 1\)$/),
  ],
  ['its module raises', 'raisesOnLoad', 'ValueError', 'no config'],
])('a function fails if %s', async (_, name, errorType, errorMessage) => {
  const { functionError, payload } = await lambda.invoke(name);
  expect(functionError).toBe('Unhandled');
  expect(payload).toMatchObject({ errorType, errorMessage, requestId: '' });
});
