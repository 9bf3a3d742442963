import type { Json } from '../../../../local/engine';
import {
  definition,
  described,
  history,
  machine,
  PASS,
  PREFIX,
  refusal,
  START,
  settle,
  start,
  statesService,
  WAIT,
} from './fixture';

const CHILD = `${PREFIX}:stateMachine:child`;

function parent(pattern: string, parameters: { [name: string]: Json } = {}): string {
  return definition({
    Nest: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Parameters: { StateMachineArn: CHILD, Name: 'nested', ...parameters },
      End: true,
    },
  });
}

function nesting(pattern: string, child: string, parameters?: { [name: string]: Json }) {
  const { service, clock } = statesService();
  machine(service, child, 'STANDARD', 'child');
  const executionArn = start(service, machine(service, parent(pattern, parameters), 'STANDARD', 'parent'), 'p');
  const output = async () => JSON.parse((await described(service, executionArn)).output!) as { [name: string]: Json };
  return { service, clock, executionArn, output };
}

const NESTED = `${PREFIX}:execution:child:nested`;

test('without a pattern the parent goes on at once, with the answer of StartExecution', async () => {
  const { service, output } = nesting('', WAIT, { Input: { a: 1 } });
  const { SdkHttpMetadata, SdkResponseMetadata, ...answer } = await output();
  expect(answer).toEqual({ ExecutionArn: NESTED, StartDate: START });
  const { RequestId } = SdkResponseMetadata as { RequestId: string };
  expect(SdkHttpMetadata).toEqual({
    AllHttpHeaders: {
      connection: ['keep-alive'],
      'Content-Length': [String(`{"executionArn":"${NESTED}","startDate":${START / 1000}}`.length)],
      'Content-Type': ['application/x-amz-json-1.0'],
      Date: [new Date(START).toUTCString()],
      'x-amzn-RequestId': [RequestId],
    },
    HttpHeaders: expect.objectContaining({ 'x-amzn-RequestId': RequestId }),
    HttpStatusCode: 200,
  });
  expect(service.call('DescribeExecution', { executionArn: NESTED })).toMatchObject({ status: 'RUNNING', input: '{"a":1}' });
});

const ENVELOPE = {
  ExecutionArn: NESTED,
  InputDetails: { Included: true },
  Name: 'nested',
  OutputDetails: { Included: true },
  RedriveCount: 0,
  RedriveStatus: 'NOT_REDRIVABLE',
  RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  StartDate: START,
  StateMachineArn: CHILD,
  Status: 'SUCCEEDED',
  StopDate: START + 10_000,
};

test('.sync waits for the child and shows its data as text', async () => {
  const { service, clock, executionArn, output } = nesting('.sync', WAIT, { Input: { a: 1 } });
  await clock.advance(9);
  expect((await described(service, executionArn)).status).toBe('RUNNING');
  await clock.advance(1);
  expect(await output()).toEqual({ ...ENVELOPE, Input: '{"a":1}', Output: '{"a":1}' });
  expect(Object.keys(await output())).toEqual(Object.keys(await output()).sort());
  expect(history(service, executionArn).slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
});

test('.sync:2 shows the data as JSON', async () => {
  const { clock, output } = nesting('.sync:2', WAIT, { Input: { a: 1 } });
  await clock.advance(10);
  expect(await output()).toEqual({ ...ENVELOPE, Input: { a: 1 }, Output: { a: 1 } });
});

test.each([
  ['a string is the text of the input', '{"a": 1}', '{"a": 1}'],
  ['null is no input', null, '{}'],
  ['an array is its JSON', [1, 2], '[1,2]'],
])('%s', async (_what, given, input) => {
  const { service } = nesting('', PASS, { Input: given });
  expect((await described(service, NESTED)).input).toBe(input);
});

test('a child that fails fails its parent, with all that is known of the child', async () => {
  const { service, executionArn } = nesting('.sync:2', definition({ Fail: { Type: 'Fail', Error: 'E', Cause: 'C' } }));
  const { status, error, cause } = await described(service, executionArn);
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.TaskFailed' });
  expect(JSON.parse(cause!)).toEqual({
    Cause: 'C',
    Error: 'E',
    ExecutionArn: NESTED,
    Input: '{}',
    InputDetails: { Included: true },
    Name: 'nested',
    RedriveCount: 0,
    RedriveStatus: 'REDRIVABLE',
    StartDate: START,
    StateMachineArn: CHILD,
    Status: 'FAILED',
    StopDate: START,
  });
});

test('a child that cannot be started fails its parent by the name of the refusal', async () => {
  const { service, executionArn } = nesting('.sync', PASS, { StateMachineArn: `${CHILD}-none` });
  expect(await described(service, executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'StepFunctions.StateMachineDoesNotExistException',
    cause: expect.stringMatching(
      new RegExp(
        `^State Machine Does Not Exist: '${CHILD}-none' \\(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
      ),
    ),
  });
});

test('stopping the parent stops the child that it waits for', async () => {
  const { service, clock, executionArn } = nesting('.sync', WAIT);
  await settle();
  service.call('StopExecution', { executionArn });
  expect(await described(service, NESTED)).toMatchObject({
    status: 'ABORTED',
    cause: `The Task state in AWS Step Functions execution [${executionArn}] which was managing this resource was aborted`,
  });
  expect(clock.pending).toBe(0);
});

test('stopping the parent leaves a child alone that it only started', async () => {
  const { service, executionArn } = nesting('', WAIT);
  await settle();
  expect(refusal(() => service.call('DescribeExecution', { executionArn: `${executionArn}x` }))).toMatch(
    /^ExecutionDoesNotExist/,
  );
  service.call('StopExecution', { executionArn });
  expect((await described(service, NESTED)).status).toBe('RUNNING');
});

test('.waitForTaskToken gives the child the token of its parent', async () => {
  const { service, executionArn, output } = nesting('.waitForTaskToken', PASS, { Input: { 'token.$': '$$.Task.Token' } });
  const { input } = await described(service, NESTED);
  expect((await described(service, executionArn)).status).toBe('RUNNING');
  const { token } = JSON.parse(input!) as { token: string };
  service.call('SendTaskSuccess', { taskToken: token, output: '{"from":"child"}' });
  expect(await output()).toEqual({ from: 'child' });
});
