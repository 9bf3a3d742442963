import { type TestStateOptions, TestStateRefusal, type TestStateRequest, testState } from '../../../../local/engine';
import { host, TestClock } from '../fixture';

const LAMBDA = 'arn:aws:states:::lambda:invoke';

type Definition = { readonly [field: string]: unknown };

function run(definition: Definition, rest: Partial<TestStateRequest> = {}, options: Partial<TestStateOptions> = {}) {
  return testState({ definition: JSON.stringify(definition), inspectionLevel: 'DEBUG', ...rest }, { host: host(), ...options });
}

async function refusal(definition: Definition, rest: Partial<TestStateRequest> = {}): Promise<TestStateRefusal> {
  const error = await run(definition, rest).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TestStateRefusal);
  return error as TestStateRefusal;
}

const failing = { errorOutput: { error: 'Out', cause: 'of paper' } };

test('without a mock the host runs the task', async () => {
  const tasks: unknown[] = [];
  const task = { Type: 'Task', Resource: LAMBDA, Parameters: { 'FunctionName.$': '$.name' }, End: true };
  const answering = host({
    task: (request) => {
      tasks.push(request.parameters);
      return { output: { StatusCode: 200 } };
    },
  });
  const { status, output, inspectionData } = await run(task, { input: '{"name":"print"}' }, { host: answering });
  expect([status, output]).toEqual(['SUCCEEDED', '{"StatusCode":200}']);
  expect(tasks).toEqual([{ FunctionName: 'print' }]);
  expect(inspectionData?.result).toBe('{"StatusCode":200}');
});

// https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
test('a task that does not end within five minutes ends the test as timed out', async () => {
  const clock = new TestClock();
  const hanging = host({ clock, task: () => new Promise(() => {}) });
  const test = run({ Type: 'Task', Resource: LAMBDA, End: true }, {}, { host: hanging });
  await clock.advance(300);
  expect(await test).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(clock.pending).toBe(0);
});

test('a Wait is not waited for', async () => {
  const clock = new TestClock();
  const { status, nextState } = await run({ Type: 'Wait', Seconds: 86_400, Next: 'Later' }, {}, { host: host({ clock }) });
  expect([status, nextState, clock.pending]).toEqual(['SUCCEEDED', 'Later', 0]);
});

test('a failure for which a retrier has attempts left is not yet caught', async () => {
  const state = {
    Type: 'Task',
    Resource: LAMBDA,
    Retry: [
      { ErrorEquals: ['Other'] },
      { ErrorEquals: ['Out'], IntervalSeconds: 3, BackoffRate: 10, MaxAttempts: 2, MaxDelaySeconds: 20 },
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Refill' }],
    End: true,
  };
  const details = async (retrierRetryCount: number) => {
    const { status, inspectionData } = await run(state, { mock: failing, stateConfiguration: { retrierRetryCount } });
    return [status, inspectionData?.errorDetails];
  };
  expect(await details(0)).toEqual(['RETRIABLE', { retryIndex: 1, retryBackoffIntervalSeconds: 3 }]);
  expect(await details(1)).toEqual(['RETRIABLE', { retryIndex: 1, retryBackoffIntervalSeconds: 20 }]);
  expect(await details(2)).toEqual(['CAUGHT_ERROR', { retryIndex: 1, catchIndex: 0 }]);
});

// https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html: variables
test('the variables shown are those given and those assigned', async () => {
  const state = { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { sum: '{% $a + 1 %}' }, End: true };
  const { inspectionData } = await run(state, { variables: '{"a":1}' });
  expect(JSON.parse(String(inspectionData?.variables))).toEqual({ a: 1, sum: 2 });
});

test('the effective context object is the one given, and a role of its own otherwise', async () => {
  const state = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.context %}', End: true };
  expect((await run(state, { context: '{"State":{"RetryCount":2}}' })).output).toBe('{"State":{"RetryCount":2}}');
  const own = JSON.parse(String((await run(state, { roleArn: 'arn:aws:iam::123456789012:role/x' })).output));
  expect(own.Execution.RoleArn).toBe('arn:aws:iam::123456789012:role/x');
  expect(own.State.Name).toBe('StateName');
});

test('a task that waits for a callback is tested with a mock and the token of the context', async () => {
  const state = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { 'Token.$': '$$.Task.Token' },
    End: true,
  };
  const { status, inspectionData } = await run(state, { mock: { result: '"done"' }, context: '{"Task":{"Token":"t"}}' });
  expect([status, inspectionData?.afterParameters]).toEqual(['SUCCEEDED', '{"Token":"t"}']);
  expect((await refusal(state)).code).toBe('InvalidDefinition');
});

test('a percentage of failures is counted of the iterations', async () => {
  const map = {
    Type: 'Map',
    ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } },
    ToleratedFailurePercentage: 50,
    End: true,
  };
  const status = async (mapIterationFailureCount: number) =>
    (await run(map, { input: '[1,2,3,4]', mock: { result: '[1,2,3,4]' }, stateConfiguration: { mapIterationFailureCount } }))
      .status;
  expect(await status(2)).toBe('SUCCEEDED');
  expect(await status(3)).toBe('FAILED');
});

test('a state is found in branches and item processors of the machine', async () => {
  const inner = { StartAt: 'Inner', States: { Inner: { Type: 'Pass', Result: 'found', End: true } } };
  const map = { Type: 'Map', ItemProcessor: inner, End: true };
  const branches = [{ StartAt: 'M', States: { M: map } }];
  const machine = { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: branches, End: true } } };
  expect((await run(machine, { stateName: 'Inner' })).output).toBe('"found"');
});

test('what is wrong with a single state is said with its place', async () => {
  const { code, message } = await refusal({ Type: 'Pass', Nexxt: 'A', End: true });
  expect([code, message]).toEqual([
    'InvalidDefinition',
    "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Field is not supported at /Nexxt'",
  ]);
});

test.each([
  ['a definition', { definition: '{' }, 'InvalidDefinition'],
  ['a definition that is no object', { definition: '[]' }, 'InvalidDefinition'],
  ['input', { input: '{' }, 'InvalidExecutionInput'],
  ['variables', { variables: '{' }, 'ValidationException'],
  ['a context', { context: '[]' }, 'ValidationException'],
])('%s that cannot be read is refused', async (_what, rest, code) => {
  expect((await refusal({ Type: 'Pass', End: true }, rest)).code).toBe(code);
});

test('a mock has a result or an error, not both', async () => {
  const mock = { result: '{}', ...failing };
  expect((await refusal({ Type: 'Task', Resource: LAMBDA, End: true }, { mock })).message).toMatch(/only one of/);
});

test.each(['Map', 'Task', 'State', 'Execution', 'StateMachine'])('$$.%s has to be an object', async (name) => {
  const { message } = await refusal({ Type: 'Pass', End: true }, { context: JSON.stringify({ [name]: 1 }) });
  expect(message).toBe(`Invalid Context object provided: ${name} must be an object`);
});
