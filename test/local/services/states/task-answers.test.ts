import type { Json, TaskOutcome, TaskRequest } from '../../../../local/engine';
import { definition, described, history, machine, refusal, settle, start, statesService } from './fixture';

const ASK = definition({
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { 'MessageBody.$': '$$.Task.Token' },
    TimeoutSeconds: 100,
    HeartbeatSeconds: 50,
    End: true,
  },
});

/** A machine that hands its token to a queue. */
function asking(sent: (request: TaskRequest) => TaskOutcome | Promise<TaskOutcome> = () => ({ output: { MessageId: '1' } })) {
  const tokens: string[] = [];
  const task = (request: TaskRequest) => {
    tokens.push((request.parameters as { MessageBody: string }).MessageBody);
    return sent(request);
  };
  const { service, clock } = statesService({ task });
  const stateMachineArn = machine(service, ASK);
  return { service, clock, tokens, start: (name: string) => start(service, stateMachineArn, name) };
}

const TIMED_OUT = "TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'";

test('the token of a callback ends its task, after the message went out', async () => {
  const { service, tokens, start } = asking();
  const executionArn = start('a');
  await settle();
  expect(service.call('SendTaskSuccess', { taskToken: tokens[0], output: '{"approved":true}' })).toEqual({});
  expect(await described(service, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"approved":true}' });
  expect(history(service, executionArn)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

test('a token can be answered before the service that got it has answered', async () => {
  const { service, tokens, start } = asking(() => new Promise(() => {}));
  const executionArn = start('a');
  await settle();
  service.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' });
  expect(await described(service, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
});

test.each<[string, { error?: string; cause?: string }]>([
  ['with a name and a cause', { error: 'Refused', cause: 'by the boss' }],
  ['with nothing', {}],
])('a failure %s fails the task', async (_what, failure) => {
  const { service, tokens, start } = asking();
  const executionArn = start('a');
  await settle();
  expect(service.call('SendTaskFailure', { taskToken: tokens[0], ...failure })).toEqual({});
  const { status, error, cause } = await described(service, executionArn);
  expect({ status, error, cause }).toEqual({ status: 'FAILED', error: failure.error, cause: failure.cause });
});

test('a service that refuses the message fails the task, and the token is worth nothing', async () => {
  const { service, tokens, start } = asking(() => ({ error: 'SQS.QueueDoesNotExist', cause: 'no queue' }));
  const executionArn = start('a');
  expect(await described(service, executionArn)).toMatchObject({ status: 'FAILED', error: 'SQS.QueueDoesNotExist' });
  expect(refusal(() => service.call('SendTaskSuccess', { taskToken: tokens[0], output: '{}' }))).toBe(TIMED_OUT);
});

test('a second answer is refused, whatever it says', async () => {
  const { service, tokens, start } = asking();
  const executionArn = start('a');
  await settle();
  const [taskToken] = tokens;
  service.call('SendTaskSuccess', { taskToken, output: '1' });
  expect(refusal(() => service.call('SendTaskSuccess', { taskToken, output: '2' }))).toBe(TIMED_OUT);
  expect(refusal(() => service.call('SendTaskFailure', { taskToken }))).toBe(TIMED_OUT);
  expect(refusal(() => service.call('SendTaskHeartbeat', { taskToken }))).toBe(TIMED_OUT);
  expect((await described(service, executionArn)).output).toBe('1');
});

test('an answer that comes late is refused', async () => {
  const { service, tokens, start, clock } = asking();
  const executionArn = start('a');
  await clock.advance(50);
  expect(await described(service, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(refusal(() => service.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' }))).toBe(TIMED_OUT);
});

test('an answer to an execution that was stopped is refused', async () => {
  const { service, tokens, start } = asking();
  const executionArn = start('a');
  await settle();
  service.call('StopExecution', { executionArn });
  expect(refusal(() => service.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' }))).toBe(TIMED_OUT);
});

test('a token answers its own execution only', async () => {
  const { service, tokens, start } = asking();
  const [first, second] = [start('a'), start('b')];
  await settle();
  service.call('SendTaskSuccess', { taskToken: tokens[1], output: '2' });
  expect((await described(service, first)).status).toBe('RUNNING');
  expect((await described(service, second)).output).toBe('2');
});

test('heartbeats keep a callback alive until its timeout', async () => {
  const { service, tokens, start, clock } = asking();
  const executionArn = start('a');
  await clock.advance(49);
  service.call('SendTaskHeartbeat', { taskToken: tokens[0] });
  await clock.advance(49);
  service.call('SendTaskHeartbeat', { taskToken: tokens[0] });
  expect((await described(service, executionArn)).status).toBe('RUNNING');
  await clock.advance(2);
  expect((await described(service, executionArn)).error).toBe('States.Timeout');
});

test('a token that was never given out is invalid', () => {
  const { service } = statesService();
  const expected = "InvalidToken: Invalid Token: 'Invalid token'";
  expect(refusal(() => service.call('SendTaskSuccess', { taskToken: 'FakeTaskToken', output: '{}' }))).toBe(expected);
  expect(refusal(() => service.call('SendTaskFailure', { taskToken: 'FakeTaskToken' }))).toBe(expected);
  expect(refusal(() => service.call('SendTaskHeartbeat', { taskToken: 'FakeTaskToken' }))).toBe(expected);
});

test('output that is no JSON is refused, and the task can still be answered', async () => {
  const { service, tokens, start } = asking();
  const executionArn = start('a');
  await settle();
  expect(refusal(() => service.call('SendTaskSuccess', { taskToken: tokens[0], output: 'done' }))).toBe(
    "InvalidOutput: Invalid Output: 'Unrecognized token 'done': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')'",
  );
  service.call('SendTaskSuccess', { taskToken: tokens[0], output: '"done"' });
  expect((await described(service, executionArn)).output).toBe('"done"');
});

test('a missing output is named without its value', () => {
  const { service } = statesService();
  const input = { taskToken: 'x' } as { taskToken: string; output: string };
  expect(refusal(() => service.call('SendTaskSuccess', input))).toBe(
    "ValidationException: 1 validation error detected: Value at 'output' failed to satisfy constraint: Member must not be null",
  );
});

test('what is known of tokens goes with the execution', async () => {
  const { service, clock } = statesService({ retention: 1, task: () => ({ output: {} }) });
  const tokens: string[] = [];
  const stateMachineArn = machine(service, ASK);
  for (const name of ['a', 'b']) {
    const executionArn = start(service, stateMachineArn, name);
    await settle();
    const { events } = service.call('GetExecutionHistory', { executionArn });
    const { parameters } = events[2].taskScheduledEventDetails as { parameters: string };
    tokens.push((JSON.parse(parameters) as { MessageBody: string }).MessageBody);
    await clock.advance(50);
  }
  const answer = (taskToken: string) => refusal(() => service.call('SendTaskHeartbeat', { taskToken }));
  expect(tokens.map(answer)).toEqual(["InvalidToken: Invalid Token: 'Invalid token'", TIMED_OUT]);
});

test('a task can be answered in place of its service', async () => {
  const answers: { [state: string]: Json } = { Ask: 'intercepted' };
  const { service } = statesService({
    intercept: ({ stateName }) => (stateName in answers ? { output: answers[stateName] } : undefined),
    task: () => ({ output: 'the service' }),
  });
  const asked = start(service, machine(service, ASK));
  expect(await described(service, asked)).toMatchObject({ status: 'SUCCEEDED', output: '"intercepted"' });
  const call = definition({ Call: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } });
  const called = start(service, machine(service, call, 'STANDARD', 'other'));
  expect((await described(service, called)).output).toBe('"the service"');
});

test('a resource that nobody answers fails by its name', async () => {
  const { service } = statesService();
  const text = definition({ Call: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true } });
  expect(await described(service, start(service, machine(service, text)))).toMatchObject({
    status: 'FAILED',
    error: 'States.TaskFailed',
    cause: expect.stringContaining("'arn:aws:states:::sns:publish': nothing on this machine answers for sns"),
  });
});
