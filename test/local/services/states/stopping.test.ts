import type { StatesService } from '../../../../local/services/states/states-service';
import { definition, machine, PREFIX, settle, start, statesService, type TestClock } from './fixture';

const ACTIVITY = `${PREFIX}:activity:work`;

/** Something of everything that can be waited in. */
const EVERYTHING = definition({
  First: { Type: 'Pass', Result: [1, 2, 3], Next: 'Both' },
  Both: {
    Type: 'Parallel',
    Branches: [
      {
        StartAt: 'Wait',
        States: { Wait: { Type: 'Wait', Seconds: 2, Next: 'Work' }, Work: { Type: 'Task', Resource: ACTIVITY, End: true } },
      },
      {
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            MaxConcurrency: 2,
            ItemProcessor: {
              StartAt: 'Item',
              States: {
                Item: {
                  Type: 'Task',
                  Resource: 'arn:aws:states:::lambda:invoke',
                  Retry: [{ ErrorEquals: ['Once'], IntervalSeconds: 1 }],
                  End: true,
                },
              },
            },
            End: true,
          },
        },
      },
    ],
    Next: 'Ask',
  },
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { 'T.$': '$$.Task.Token' },
    Next: 'Nest',
  },
  Nest: {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Parameters: { StateMachineArn: `${PREFIX}:stateMachine:child`, Input: { 'answer.$': '$' } },
    Next: 'Last',
  },
  Last: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.Output.answer %}', End: true },
});

function running() {
  let asked!: (token: string) => void;
  const token = new Promise<string>((resolve) => {
    asked = resolve;
  });
  const { service, clock } = statesService({
    task: async ({ resource, parameters, retryCount }) => {
      if (resource.includes('lambda')) return retryCount === 0 ? { error: 'Once' } : { output: parameters };
      asked((parameters as { T: string }).T);
      return { output: null };
    },
  });
  service.call('CreateActivity', { name: 'work' });
  machine(service, definition({ Wait: { Type: 'Wait', Seconds: 1, End: true } }), 'STANDARD', 'child');
  const executionArn = start(service, machine(service, EVERYTHING), 'all');
  void work(service);
  void token.then((taskToken) => service.call('SendTaskSuccess', { taskToken, output: '"answered"' }));
  return { service, clock, executionArn, record: service.execution(executionArn)! };
}

/** A worker that does one task as soon as there is one. */
async function work(service: StatesService): Promise<void> {
  const { taskToken } = (await service.call('GetActivityTask', { activityArn: ACTIVITY })) as { taskToken?: string };
  if (taskToken !== undefined) service.call('SendTaskSuccess', { taskToken, output: '"worked"' });
}

/** As little as can happen: one round of promises, or else the next timer. False where nothing is left. */
async function step(clock: TestClock, idle: number): Promise<boolean> {
  if (idle < 30) await Promise.resolve();
  else {
    await settle();
    return clock.skip();
  }
  return true;
}

/** Goes on until there are `events` events, or the end. */
async function until(events: number, { clock, record }: ReturnType<typeof running>): Promise<void> {
  let idle = 0;
  while (record.execution.history.length < events && record.status === 'RUNNING') {
    const before = record.execution.history.length;
    if (!(await step(clock, idle))) break;
    idle = record.execution.history.length === before && idle < 30 ? idle + 1 : 0;
  }
}

const TERMINAL = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

function expectWellFormed({ record }: ReturnType<typeof running>): void {
  const { history } = record.execution;
  const entered = new Map<string, number>();
  history.forEach((event, index) => {
    expect(event.id).toBe(index + 1);
    expect(event.previousEventId).toBeLessThan(event.id);
    expect(event.previousEventId).toBeGreaterThanOrEqual(0);
    if (index > 0) expect(event.timestamp).toBeGreaterThanOrEqual(history[index - 1].timestamp);
    const { name = '' } = event.details;
    if (event.type.endsWith('StateEntered')) entered.set(name, (entered.get(name) ?? 0) + 1);
    if (event.type.endsWith('StateExited')) {
      expect(entered.get(name)).toBeGreaterThan(0);
      entered.set(name, entered.get(name)! - 1);
    }
  });
  expect(history[0].type).toBe('ExecutionStarted');
  expect(history.filter(({ type }) => TERMINAL.test(type))).toEqual([history[history.length - 1]]);
}

test('an execution that nobody stops goes to its end', async () => {
  const run = running();
  await until(Number.POSITIVE_INFINITY, run);
  expect(run.record.status).toBe('SUCCEEDED');
  expect(run.record.result!.output).toBe('answered');
  expectWellFormed(run);
});

test('stopped at any of its events, an execution leaves a history that is well-formed, and nothing that still waits', async () => {
  const whole = running();
  await until(Number.POSITIVE_INFINITY, whole);
  const { length } = whole.record.execution.history;
  expect(length).toBeGreaterThan(40);
  for (let at = 1; at < length; at++) {
    const run = running();
    await until(at, run);
    if (run.record.status !== 'RUNNING') continue;
    run.service.call('StopExecution', { executionArn: run.executionArn, error: 'Stopped', cause: `at ${at}` });
    const stopped = run.record.execution.history.length;
    for (let i = 0; i < 5; i++) await settle();
    expect(run.record.execution.history).toHaveLength(stopped);
    expect(run.record.result).toMatchObject({ status: 'ABORTED', error: 'Stopped', cause: `at ${at}` });
    expectWellFormed(run);
    run.service.close(); // the worker that may still wait
    await settle();
    expect(run.clock.pending).toBe(0);
  }
});

test('an execution that its own task stops ends there', async () => {
  const { service } = statesService({
    task: async ({ executionArn }) => {
      service.call('StopExecution', { executionArn });
      return { output: 'too late' };
    },
  });
  const text = definition({
    Call: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: 'Never' },
    Never: { Type: 'Pass', End: true },
  });
  const executionArn = start(service, machine(service, text));
  await settle();
  const { history } = service.execution(executionArn)!.execution;
  expect(history.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'ExecutionAborted',
  ]);
});
