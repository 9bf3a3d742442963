import type { Json } from '../../../../local/engine';
import { definition, described, machine, PASS, PREFIX, START, settle, start, statesService, WAIT } from './fixture';

const CHILD = `${PREFIX}:stateMachine:child`;

/** A machine whose only state calls Step Functions itself. */
async function calling(action: string, parameters: { [name: string]: Json }, child = PASS) {
  const { service } = statesService();
  machine(service, child, 'STANDARD', 'child');
  const text = definition({
    Call: { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:sfn:${action}`, Parameters: parameters, End: true },
  });
  const executionArn = start(service, machine(service, text, 'STANDARD', 'parent'), 'p');
  for (let i = 0; i < 5; i++) await settle();
  const { status, output, error, cause } = await described(service, executionArn);
  return { service, status, output: output === undefined ? undefined : (JSON.parse(output) as Json), error, cause };
}

test('a task starts an execution through the SDK, with JSON for its input', async () => {
  const { service, output } = await calling('startExecution', { StateMachineArn: CHILD, Name: 'one', Input: { a: 1 } });
  const arn = `${PREFIX}:execution:child:one`;
  expect(output).toEqual({ ExecutionArn: arn, StartDate: new Date(START).toISOString() });
  expect((await described(service, arn)).input).toBe('{"a":1}');
});

test('a task reads what the API answers, names in Pascal case and dates as text', async () => {
  const { output } = await calling('describeStateMachine', { StateMachineArn: CHILD });
  expect(output).toMatchObject({ Name: 'child', Type: 'STANDARD', CreationDate: new Date(START).toISOString() });
  const { output: list } = await calling('listExecutions', { StateMachineArn: CHILD, MaxResults: 5 });
  expect(list).toEqual({ Executions: [] });
});

test('a task stops an execution', async () => {
  const { service, status } = await calling(
    'stopExecution',
    { ExecutionArn: `${PREFIX}:execution:parent:p`, Error: 'Enough' },
    WAIT,
  );
  expect(status).toBe('ABORTED');
  expect((await described(service, `${PREFIX}:execution:parent:p`)).error).toBe('Enough');
});

test('a refusal has the name that the SDK for Java gives it', async () => {
  const { error, cause } = await calling('describeExecution', { ExecutionArn: `${PREFIX}:execution:child:none` });
  expect(error).toBe('Sfn.ExecutionDoesNotExistException');
  expect(cause).toMatch(/^Execution Does Not Exist: '.*' \(Service: Sfn, Status Code: 400, Request ID: \S+\)$/);
});

test('an operation that is not there is refused by name', async () => {
  expect((await calling('fly', {})).error).toBe('Sfn.SfnException');
});
