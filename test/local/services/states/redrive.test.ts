import { definition, described, history, machine, PREFIX, refusal, START, settle, start, statesService, WAIT } from './fixture';

const CALL = definition({
  First: { Type: 'Pass', Next: 'Call' },
  Call: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true },
});

/** A machine whose task fails until it is mended. */
function failing(retention?: number) {
  const task = { mended: false };
  const { service, clock } = statesService({
    retention,
    task: () => (task.mended ? { output: 'done' } : { error: 'Broken' }),
  });
  const stateMachineArn = machine(service, CALL);
  return { service, clock, task, stateMachineArn, start: (name: string) => start(service, stateMachineArn, name) };
}

test('an execution goes on from the state that failed', async () => {
  const { service, clock, task, start } = failing();
  const executionArn = start('a');
  expect((await described(service, executionArn)).status).toBe('FAILED');
  task.mended = true;
  clock.time += 60_000;
  expect(service.call('RedriveExecution', { executionArn })).toEqual({ redriveDate: START / 1000 + 60 });
  expect(await described(service, executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    output: '"done"',
    redriveCount: 1,
    redriveDate: START / 1000 + 60,
    startDate: START / 1000,
    stopDate: START / 1000 + 60,
  });
  const events = history(service, executionArn);
  expect(events).toContain('ExecutionRedriven');
  expect(events.filter((type) => type === 'PassStateEntered')).toHaveLength(1);
});

test('a client token redrives once, for a quarter of an hour', async () => {
  const { service, clock, start } = failing();
  const executionArn = start('a');
  await settle();
  const redrive = () => service.call('RedriveExecution', { executionArn, clientToken: 'token' });
  const first = redrive();
  await settle();
  clock.time += 15 * 60_000;
  expect(redrive()).toEqual(first);
  clock.time += 1;
  expect(redrive()).not.toEqual(first);
  await settle();
  expect((await described(service, executionArn)).redriveCount).toBe(2);
});

test.each([
  ['succeeded', 'Execution is SUCCEEDED and cannot be redriven'],
  ['still runs', 'Execution is RUNNING and cannot be redriven'],
])('an execution that %s is not redriven', async (what, reason) => {
  const { service } = statesService();
  const executionArn = start(service, machine(service, what === 'succeeded' ? undefined : WAIT));
  await settle();
  expect(refusal(() => service.call('RedriveExecution', { executionArn }))).toBe(
    `ExecutionNotRedrivable: Execution Not Redrivable: '${reason}'`,
  );
});

test('an execution that does not exist, or is Express, is not redriven', () => {
  const { service } = statesService();
  const redrive = (executionArn: string) => refusal(() => service.call('RedriveExecution', { executionArn }));
  expect(redrive(`${PREFIX}:execution:a:b`)).toMatch(/^ExecutionDoesNotExist/);
  expect(redrive(`${PREFIX}:express:a:b:c`)).toMatch(/^InvalidArn/);
});

test('executions are listed by whether they were redriven', async () => {
  const { service, start, stateMachineArn } = failing();
  start('a');
  const executionArn = start('b');
  await settle();
  service.call('RedriveExecution', { executionArn });
  await settle();
  const names = (redriveFilter: 'REDRIVEN' | 'NOT_REDRIVEN') =>
    service.call('ListExecutions', { stateMachineArn, redriveFilter }).executions.map(({ name }) => name);
  expect(names('REDRIVEN')).toEqual(['b']);
  expect(names('NOT_REDRIVEN')).toEqual(['a']);
});

test('an execution is kept by its last end, and while it runs again', async () => {
  const { service, clock, task, start } = failing(2);
  const executionArn = start('a');
  await settle();
  task.mended = true;
  clock.time += 1000;
  service.call('RedriveExecution', { executionArn });
  await settle();
  start('b');
  await settle(); // the first end of `a` is forgotten, the second is not
  expect((await described(service, executionArn)).status).toBe('SUCCEEDED');
  start('c');
  await settle();
  expect(refusal(() => service.call('DescribeExecution', { executionArn }))).toMatch(/^ExecutionDoesNotExist/);
});
