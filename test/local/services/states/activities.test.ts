import {
  asyncRefusal,
  definition,
  described,
  history,
  machine,
  PREFIX,
  refusal,
  START,
  settle,
  start,
  statesService,
} from './fixture';

const ACTIVITY = `${PREFIX}:activity:work`;
const WORK = definition({ Work: { Type: 'Task', Resource: ACTIVITY, HeartbeatSeconds: 5, End: true } });

function working() {
  const { service, clock } = statesService();
  service.call('CreateActivity', { name: 'work' });
  const stateMachineArn = machine(service, WORK);
  return {
    service,
    clock,
    start: (name: string) => start(service, stateMachineArn, name, JSON.stringify(name)),
    poll: (workerName?: string, signal?: AbortSignal) =>
      service.call('GetActivityTask', { activityArn: ACTIVITY, workerName }, { signal }) as Promise<{
        taskToken?: string;
        input?: string;
      }>,
  };
}

test('an activity is created once, described, listed and deleted', () => {
  const { service, clock } = statesService();
  const created = service.call('CreateActivity', { name: 'work' });
  expect(created).toEqual({ activityArn: ACTIVITY, creationDate: START / 1000 });
  clock.time += 1000;
  expect(service.call('CreateActivity', { name: 'work', tags: [{ key: 'a', value: 'b' }] })).toEqual(created);
  expect(service.call('DescribeActivity', { activityArn: ACTIVITY })).toEqual({ ...created, name: 'work' });
  service.call('CreateActivity', { name: 'another' });
  expect(service.call('ListActivities', {}).activities.map(({ name }) => name)).toEqual(['another', 'work']);
  expect(service.call('DeleteActivity', { activityArn: ACTIVITY })).toEqual({});
  expect(service.call('DeleteActivity', { activityArn: ACTIVITY })).toEqual({});
  expect(refusal(() => service.call('DescribeActivity', { activityArn: ACTIVITY }))).toBe(
    `ActivityDoesNotExist: Activity Does Not Exist: '${ACTIVITY}'`,
  );
});

test('an activity of another encryption is another activity', () => {
  const { service } = statesService();
  service.call('CreateActivity', { name: 'work' });
  const encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'k' } as const;
  expect(refusal(() => service.call('CreateActivity', { name: 'work', encryptionConfiguration }))).toMatch(
    /^ActivityAlreadyExists/,
  );
});

test('a name is checked', () => {
  const { service } = statesService();
  expect(refusal(() => service.call('CreateActivity', { name: 'Test InvalidName$' }))).toBe(
    "InvalidName: Invalid Name: 'Test InvalidName$'",
  );
});

test('a worker gets the tasks in order, and its name is in the history', async () => {
  const { service, start, poll } = working();
  const first = start('first');
  start('second');
  const task = await poll('anna');
  expect(task.input).toBe('"first"');
  expect((await poll()).input).toBe('"second"');
  service.call('SendTaskSuccess', { taskToken: task.taskToken!, output: '{"done":true}' });
  expect(await described(service, first)).toMatchObject({ status: 'SUCCEEDED', output: '{"done":true}' });
  const { events } = service.call('GetExecutionHistory', { executionArn: first });
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'ActivityScheduled',
    'ActivityStarted',
    'ActivitySucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  expect(events[3].activityStartedEventDetails).toEqual({ workerName: 'anna' });
});

test('a worker that waits gets the task that comes, first come, first served', async () => {
  const { start, poll, clock } = working();
  const polls = [poll('anna'), poll('ben')];
  await clock.advance(59);
  start('first');
  start('second');
  const tasks = await Promise.all(polls);
  expect(tasks.map(({ input }) => input)).toEqual(['"first"', '"second"']);
  expect(clock.pending).toBe(2); // the heartbeats of both tasks, and no poll
});

test('a worker waits for 60 seconds, and goes with nothing', async () => {
  const { poll, clock } = working();
  let answer: unknown;
  void poll().then((value) => {
    answer = value;
  });
  await clock.advance(59.999);
  expect(answer).toBeUndefined();
  await clock.advance(0.001);
  expect(answer).toEqual({});
  expect(clock.pending).toBe(0);
});

test('a worker that is gone gets no task', async () => {
  const { start, poll, clock } = working();
  const gone = new AbortController();
  const lost = poll('gone', gone.signal);
  gone.abort();
  expect(await lost).toEqual({});
  expect(clock.pending).toBe(0);
  start('first');
  expect((await poll('anna')).input).toBe('"first"');
  expect(await poll('late', gone.signal)).toEqual({});
});

test('a task whose worker went before it was told goes to the next one, ahead of all others', async () => {
  const { start, poll } = working();
  start('first');
  start('second');
  const gone = new AbortController();
  const lost = await poll('gone', gone.signal);
  gone.abort();
  const found = await poll('anna');
  expect(found).toEqual(lost);
  expect(found.input).toBe('"first"');
  expect((await poll()).input).toBe('"second"');
});

test('nobody gets the task of an execution that ended', async () => {
  const { service, start, poll } = working();
  const stopped = start('first');
  start('second');
  service.call('StopExecution', { executionArn: stopped });
  expect((await poll()).input).toBe('"second"');
});

test('polling what does not exist is refused, and deleting lets the workers go', async () => {
  const { service, poll } = working();
  const waiting = poll();
  service.call('DeleteActivity', { activityArn: ACTIVITY });
  expect(await waiting).toEqual({});
  expect(await asyncRefusal(() => poll())).toBe(`ActivityDoesNotExist: Activity Does Not Exist: '${ACTIVITY}'`);
});

test('a task of an activity that does not exist fails its execution', async () => {
  const { service } = statesService();
  const executionArn = start(service, machine(service, WORK));
  expect(await described(service, executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining(`The activity ${ACTIVITY} does not exist.`),
  });
});

test('a heartbeat that does not come in time fails the task, one that does keeps it', async () => {
  const { service, start, poll, clock } = working();
  const executionArn = start('first');
  const { taskToken } = await poll();
  await clock.advance(4);
  expect(service.call('SendTaskHeartbeat', { taskToken: taskToken! })).toEqual({});
  await clock.advance(4);
  expect((await described(service, executionArn)).status).toBe('RUNNING');
  await clock.advance(1);
  expect(await described(service, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(history(service, executionArn)).toContain('ActivityTimedOut');
  expect(refusal(() => service.call('SendTaskHeartbeat', { taskToken: taskToken! }))).toBe(
    "TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'",
  );
});

test('closing the service lets workers go and ends what runs', async () => {
  const { service, start, poll, clock } = working();
  start('first');
  const { taskToken } = await poll();
  const waiting = poll();
  service.close();
  expect(await waiting).toEqual({});
  await settle();
  expect(clock.pending).toBe(0);
  expect(refusal(() => service.call('SendTaskSuccess', { taskToken: taskToken!, output: '{}' }))).toMatch(/^TaskTimedOut/);
});
