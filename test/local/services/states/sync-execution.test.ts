import { asyncRefusal, definition, machine, PASS, PREFIX, START, statesService } from './fixture';

test('answers with the end of the execution and what it is billed', async () => {
  const { service, clock } = statesService();
  const stateMachineArn = machine(service, definition({ Wait: { Type: 'Wait', Seconds: 1, End: true } }), 'EXPRESS');
  const answer = service.call('StartSyncExecution', { stateMachineArn, name: 'a', input: '{"x":1}', traceHeader: 't' });
  await clock.advance(1);
  expect(await answer).toEqual({
    executionArn: expect.stringMatching(new RegExp(`^${PREFIX}:express:orders:a:[0-9a-f-]{36}$`)),
    stateMachineArn,
    name: 'a',
    status: 'SUCCEEDED',
    startDate: START / 1000,
    stopDate: START / 1000 + 1,
    input: '{"x":1}',
    inputDetails: { included: true },
    output: '{"x":1}',
    outputDetails: { included: true },
    traceHeader: 't',
    billingDetails: { billedDurationInMilliseconds: 1000, billedMemoryUsedInMB: 64 },
  });
});

test('a failed execution is an answer, not an error, and bills a tenth of a second at least', async () => {
  const { service } = statesService();
  const stateMachineArn = machine(service, definition({ Fail: { Type: 'Fail', Error: 'E', Cause: 'C' } }), 'EXPRESS');
  const answer = await service.call('StartSyncExecution', { stateMachineArn });
  expect(answer).toMatchObject({ status: 'FAILED', error: 'E', cause: 'C' });
  expect(answer).not.toHaveProperty('output');
  expect(answer.billingDetails.billedDurationInMilliseconds).toBe(100);
});

test('an execution of five minutes times out', async () => {
  const { service, clock } = statesService();
  const stateMachineArn = machine(service, definition({ Wait: { Type: 'Wait', Seconds: 1000, End: true } }), 'EXPRESS');
  const answer = service.call('StartSyncExecution', { stateMachineArn });
  await clock.advance(300);
  expect((await answer).status).toBe('TIMED_OUT');
});

test('Standard machines are not executed so', async () => {
  const { service } = statesService();
  const stateMachineArn = machine(service, PASS);
  expect(await asyncRefusal(() => service.call('StartSyncExecution', { stateMachineArn }))).toBe(
    'StateMachineTypeNotSupported: This operation is not supported by this type of state machine',
  );
});
