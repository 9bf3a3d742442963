import { LocalApp } from '../../../../local/app/local-app';
import { LocalClock } from '../../../../local/app/local-clock';
import { MockConfig } from '../../../../local/app/mock-config/mock-config';

// the shape of AWS's own example: a function, then a queue; a happy case, one that is retried, and one that has no luck
const config = new MockConfig(
  JSON.stringify({
    StateMachines: {
      LambdaSQSIntegration: {
        TestCases: {
          HappyPath: { LambdaState: 'Once', SQSState: 'Sent' },
          RetryPath: { LambdaState: 'AfterThree', SQSState: 'Sent' },
          FunctionAlone: { LambdaState: 'Once' },
          Exhausted: { LambdaState: 'Busy', SQSState: 'Sent' },
        },
      },
    },
    MockedResponses: {
      Once: { '0': { Return: { StatusCode: 200, Payload: { StatusCode: 200, body: 'Hello from Lambda!' } } } },
      Sent: { '0': { Return: { MessageId: '3bcb6e8e-51c8-4d26-a4f0-f0b6c9b7a8d1' } } },
      AfterThree: {
        '0': { Throw: { Error: 'Lambda.ResourceNotReadyException', Cause: 'Lambda resource is not ready.' } },
        '1-2': { Throw: { Error: 'Lambda.TimeoutException', Cause: 'Lambda timed out.' } },
        '3': { Return: { Payload: { body: 'Hello at last!' } } },
      },
      Busy: { '0-1': { Throw: { Error: 'Lambda.TimeoutException', Cause: 'Lambda timed out.' } } },
    },
  }),
);

const definition = JSON.stringify({
  StartAt: 'LambdaState',
  States: {
    LambdaState: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'HelloWorldFunction', 'Payload.$': '$' },
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
      Next: 'SQSState',
    },
    SQSState: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/none', 'MessageBody.$': '$' },
      End: true,
    },
  },
});

let app: LocalApp;
let stateMachineArn: string;
const call = (action: string, input: object) => app.states.handle(action, input, {}) as Record<string, unknown>;
beforeEach(() => {
  app = LocalApp.empty({ clock: LocalClock.virtual(new Date('2030-01-01T00:00:00Z')), mockConfig: config });
  const roleArn = 'arn:aws:iam::123456789012:role/any';
  ({ stateMachineArn } = call('CreateStateMachine', { name: 'LambdaSQSIntegration', definition, roleArn }) as {
    stateMachineArn: string;
  });
});
afterEach(() => app.close());

async function ended(executionArn: unknown) {
  for (;;) {
    const described = call('DescribeExecution', { executionArn });
    if (described.status !== 'RUNNING') return described;
    await new Promise(setImmediate);
  }
}
const run = (testCase: string, more: object = {}) =>
  ended(call('StartExecution', { stateMachineArn: `${stateMachineArn}#${testCase}`, ...more }).executionArn);

test('answers the states of the test case', async () => {
  expect(await run('HappyPath')).toMatchObject({
    status: 'SUCCEEDED',
    stateMachineArn,
    output: '{"MessageId":"3bcb6e8e-51c8-4d26-a4f0-f0b6c9b7a8d1"}',
  });
});

test('answers each attempt with what is for it', async () => {
  const { executionArn, status } = await run('RetryPath');
  expect(status).toBe('SUCCEEDED');
  const { events } = call('GetExecutionHistory', { executionArn }) as {
    events: { type: string; taskFailedEventDetails?: object }[];
  };
  expect(events.flatMap(({ taskFailedEventDetails: failed }) => (failed ? [failed] : []))).toMatchObject([
    { error: 'Lambda.ResourceNotReadyException', cause: 'Lambda resource is not ready.' },
    { error: 'Lambda.TimeoutException' },
    { error: 'Lambda.TimeoutException' },
  ]);
});

test('counts attempts for each execution anew', async () => {
  expect((await run('HappyPath')).status).toBe('SUCCEEDED');
  expect((await run('HappyPath')).status).toBe('SUCCEEDED');
});

test('leaves a state that the test case does not name to its service', async () => {
  expect(await run('FunctionAlone')).toMatchObject({ status: 'FAILED', error: 'SQS.QueueDoesNotExistException' });
});

test('an attempt that has no answer fails and says so', async () => {
  expect(await run('Exhausted')).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining("'Busy' has no answer for attempt 2 of the state 'LambdaState'"),
  });
});

test('an execution without a test case calls services', async () => {
  expect(await ended(call('StartExecution', { stateMachineArn }).executionArn)).toMatchObject({ status: 'FAILED' });
});

test('a name that is taken starts nothing, and answers nothing anew', async () => {
  const first = await run('RetryPath', { name: 'one' });
  expect(first.status).toBe('SUCCEEDED');
  expect(() =>
    call('StartExecution', { stateMachineArn: `${stateMachineArn}#HappyPath`, name: 'one', input: '{"a":1}' }),
  ).toThrow(expect.objectContaining({ name: 'ExecutionAlreadyExists' }));
});

test('a test case or a machine that is not there is refused by name', () => {
  expect(() => call('StartExecution', { stateMachineArn: `${stateMachineArn}#Sad` })).toThrow(
    expect.objectContaining({
      name: 'ValidationException',
      message: expect.stringContaining("has no test case 'Sad'; it has\n  - HappyPath"),
    }),
  );
  const other = stateMachineArn.replace('LambdaSQSIntegration', 'Other');
  expect(() => call('StartExecution', { stateMachineArn: `${other}#HappyPath` })).toThrow("has no state machine 'Other'");
});

test('a synchronous Express execution has test cases too', async () => {
  const roleArn = 'arn:aws:iam::123456789012:role/any';
  call('DeleteStateMachine', { stateMachineArn });
  call('CreateStateMachine', { name: 'LambdaSQSIntegration', definition, roleArn, type: 'EXPRESS' });
  const answer = (await app.states.handle(
    'StartSyncExecution',
    { stateMachineArn: `${stateMachineArn}#HappyPath` },
    {},
  )) as object;
  expect(answer).toMatchObject({ status: 'SUCCEEDED' });
});
