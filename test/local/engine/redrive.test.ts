import fc from 'fast-check';
import { type Execution, ExecutionNotRedrivable, type Json } from '../../../local/engine';
import { anyMachine } from './any-machine';
import {
  counting,
  execution,
  type Ran,
  type RunOptions,
  redrive,
  run,
  runState,
  settle,
  single,
  TestBucket,
  TestClock,
} from './fixture';

// Each rule is AWS's: "Restarting state machine executions with redrive", redrive-executions.html, unless a test names another source.

type Fields = { [field: string]: Json };

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const TASK = { Type: 'Task', Resource: RESOURCE, End: true };
const DAY = 86_400;

/** A task that fails as often as said, by the name of its state, and then puts out its input. */
function flaky(failures: Record<string, number>, calls: string[] = []): RunOptions {
  return {
    uuid: counting(),
    task: ({ stateName, parameters }) => {
      calls.push(stateName);
      if ((failures[stateName] ?? 0) <= 0) return { output: parameters };
      failures[stateName]--;
      return { error: 'Flaky', cause: `${failures[stateName]} left` };
    },
  };
}

const added = (before: Ran, after: Ran) => after.types.slice(before.types.length);

describe('a redrive', () => {
  const definition = {
    StartAt: 'First',
    States: { First: { ...TASK, End: undefined as never, Next: 'Second' }, Second: TASK },
  };
  const machine = JSON.parse(JSON.stringify(definition)) as Json;

  test('schedules the unsuccessful task again with the same input, and no state that succeeded', async () => {
    const calls: string[] = [];
    const failed = await run(machine, { n: 1 }, flaky({ Second: 1 }, calls));
    expect(failed.status).toBe('FAILED');
    const redriven = await redrive(failed);
    expect(redriven).toMatchObject({ status: 'SUCCEEDED', output: { n: 1 } });
    expect(calls).toEqual(['First', 'Second', 'Second']);
    expect(added(failed, redriven)).toEqual([
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('appends to the history of the attempts before, and counts them', async () => {
    const failed = await run(machine, {}, flaky({ Second: 2 }));
    const first = failed.types.length;
    const again = await redrive(failed);
    const done = await redrive(again);
    expect(done.events.map(({ id }) => id)).toEqual(done.events.map((_, i) => i + 1));
    expect(done.events.filter(({ type }) => type === 'ExecutionRedriven').map(({ details }) => details)).toEqual([
      { redriveCount: 1 },
      { redriveCount: 2 },
    ]);
    expect(done.types.indexOf('ExecutionRedriven')).toBe(first);
    expect(done.execution).toMatchObject({ redriveCount: 2, status: 'SUCCEEDED', redriveDate: expect.any(Number) });
  });

  // observed on AWS: what is redriven follows the original entry of its state
  test('follows the event by which the state was entered', async () => {
    const failed = await run(machine, {}, flaky({ Second: 1 }));
    const entered = failed.events.findIndex(({ details, type }) => type === 'TaskStateEntered' && details.name === 'Second') + 1;
    const { events } = await redrive(failed);
    expect(events.slice(failed.types.length + 1).map(({ previousEventId }) => previousEventId)).toEqual([
      entered,
      failed.types.length + 2,
      failed.types.length + 3,
      failed.types.length + 4,
      failed.types.length + 5,
    ]);
  });

  // input-output-contextobject.html
  test('shows its count and its time in the context object', async () => {
    const clock = new TestClock();
    const state = { ...TASK, Parameters: { 'execution.$': '$$.Execution' } };
    const failed = await runState(state, {}, { ...flaky({ It: 1 }), clock });
    await clock.advance(60);
    const { output } = await redrive(failed);
    expect(output).toEqual({
      execution: expect.objectContaining({
        StartTime: '2026-01-01T00:00:00.000Z',
        RedriveCount: 1,
        RedriveTime: '2026-01-01T00:01:00.000Z',
      }),
    });
  });

  test('keeps the variables that were assigned', async () => {
    const states = {
      A: { Type: 'Pass', Assign: { kept: 'yes' }, Next: 'B' },
      B: { ...TASK, Parameters: { 'kept.$': '$kept' } },
    };
    const failed = await run({ StartAt: 'A', States: states }, {}, flaky({ B: 1 }));
    expect((await redrive(failed)).output).toEqual({ kept: 'yes' });
  });

  test('begins to count retries from 0', async () => {
    const Retry = [{ ErrorEquals: ['Flaky'], MaxAttempts: 2, IntervalSeconds: 1 }];
    const calls: string[] = [];
    const failed = await runState({ ...TASK, Retry }, {}, flaky({ It: 5 }, calls));
    expect([failed.status, calls.length]).toEqual(['FAILED', 3]);
    const redriven = await redrive(failed);
    expect([redriven.status, calls.length]).toEqual(['SUCCEEDED', 6]);
  });

  test('gives the execution all of its time again', async () => {
    const clock = new TestClock();
    let answers = 0;
    const task = () => (++answers === 1 ? new Promise<never>(() => {}) : { output: 'late' });
    const failed = await run(single(TASK, { TimeoutSeconds: 10 }), {}, { clock, task });
    expect([failed.status, clock.time - failed.startDate]).toEqual(['TIMED_OUT', 10_000]);
    await clock.advance(3600);
    expect(await redrive(failed)).toMatchObject({ status: 'SUCCEEDED', output: 'late' });
  });

  test('times out anew', async () => {
    const task = () => new Promise<never>(() => {});
    const failed = await run(single(TASK, { TimeoutSeconds: 10 }), {}, { task });
    const redriven = await redrive(failed);
    expect([redriven.status, redriven.seconds]).toEqual(['TIMED_OUT', 20]);
    expect(redriven.types.filter((type) => type === 'ExecutionTimedOut')).toHaveLength(2);
  });

  test('leaves a Wait whose time has come', async () => {
    const clock = new TestClock();
    const Timestamp = '2026-01-01T01:00:00Z';
    const waiting = execution(single({ Type: 'Wait', Timestamp }), {}, { clock });
    void waiting.start();
    await settle();
    waiting.stop();
    await clock.advance(7200);
    const done = waiting.redrive();
    expect(await done).toMatchObject({ status: 'SUCCEEDED' });
    expect(clock.pending).toBe(0);
  });

  test('evaluates a Choice again', async () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: 1, Next: 'Done' }] };
    const failed = await run({ StartAt: 'It', States: { It: choice, Done: { Type: 'Succeed' } } }, { x: 2 });
    const redriven = await redrive(failed);
    expect(added(failed, redriven)).toEqual(['ExecutionRedriven', 'ExecutionFailed']);
    expect(redriven.cause).toBe(failed.cause);
  });

  test('enters a Fail state again, and fails again', async () => {
    const failed = await runState({ Type: 'Fail', Error: 'No' });
    const redriven = await redrive(failed);
    expect(added(failed, redriven)).toEqual(['ExecutionRedriven', 'FailStateEntered', 'ExecutionFailed']);
    expect(redriven.error).toBe('No');
  });

  test('goes on between two states where it was stopped there', async () => {
    const running = execution(
      machine,
      {},
      {
        ...flaky({}),
        onEvent: ({ type }) => {
          if (type === 'TaskStateExited' && running.redriveCount === 0) running.stop();
        },
      },
    );
    expect((await running.start()).status).toBe('ABORTED');
    expect((await running.redrive()).status).toBe('SUCCEEDED');
  });
});

describe('a redrive of a Parallel state', () => {
  const branch = (name: string, state: Fields = TASK) => ({ StartAt: name, States: { [name]: state } });

  test('redrives the branches that failed or were aborted, and keeps the results of the others', async () => {
    const calls: string[] = [];
    const Branches = [branch('Good'), branch('Bad'), branch('Slow')];
    const failures = { Bad: 1 };
    const options = flaky(failures, calls);
    let slow = 0;
    const task: RunOptions['task'] = (request) => {
      if (request.stateName !== 'Slow' || ++slow > 1) return options.task?.(request) ?? {};
      calls.push('Slow');
      return new Promise<never>(() => {});
    };
    const failed = await runState({ Type: 'Parallel', Branches }, 'in', { task });
    expect(failed.status).toBe('FAILED');
    const redriven = await redrive(failed);
    expect(redriven).toMatchObject({ status: 'SUCCEEDED', output: ['in', 'in', 'in'] });
    expect(calls.slice(3).sort()).toEqual(['Bad', 'Slow']);
    expect(added(failed, redriven)).not.toContain('ParallelStateStarted');
  });

  test('reruns it as a whole where its data were too large', async () => {
    const calls: string[] = [];
    let size = 140_000;
    const task: RunOptions['task'] = ({ stateName }) => {
      calls.push(stateName);
      return { output: 'x'.repeat(size) };
    };
    const failed = await runState({ Type: 'Parallel', Branches: [branch('A'), branch('B')] }, {}, { task });
    expect(failed.error).toBe('States.DataLimitExceeded');
    size = 10;
    const { status } = await redrive(failed);
    expect([status, calls]).toEqual(['SUCCEEDED', ['A', 'B', 'A', 'B']]);
  });

  test('begins from the beginning where a retry follows', async () => {
    const calls: string[] = [];
    const Retry = [{ ErrorEquals: ['Flaky'], MaxAttempts: 1 }];
    const state = { Type: 'Parallel', Branches: [branch('Good'), branch('Bad')], Retry };
    const failed = await runState(state, {}, flaky({ Bad: 3 }, calls));
    expect(calls).toEqual(['Good', 'Bad', 'Good', 'Bad']);
    const { status } = await redrive(failed);
    expect([status, calls.slice(4)]).toEqual(['SUCCEEDED', ['Bad', 'Good', 'Bad']]);
  });
});

describe('a redrive of a Map state', () => {
  test('redrives the iterations that failed or never began, and keeps the others', async () => {
    const seen: Json[] = [];
    let odd = true;
    const task: RunOptions['task'] = ({ parameters }) => {
      seen.push(parameters);
      return odd && parameters === 1 ? { error: 'Odd' } : { output: parameters };
    };
    const ItemProcessor = { StartAt: 'Each', States: { Each: TASK } };
    const failed = await runState({ Type: 'Map', MaxConcurrency: 1, ItemProcessor }, [0, 1, 2], { task });
    expect(failed.error).toBe('Odd');
    odd = false;
    const redriven = await redrive(failed);
    expect(redriven).toMatchObject({ status: 'SUCCEEDED', output: [0, 1, 2] });
    expect(seen).toEqual([0, 1, 1, 2]);
    const started = redriven.events.filter(({ type }) => type === 'MapIterationStarted');
    expect(started.map(({ details }) => details.index)).toEqual([0, 1, 2]);
  });
});

// "Redriving Map Runs", redrive-map-run.html
describe('a redrive of a distributed Map', () => {
  const distributed = (fields: Fields = {}, ExecutionType = 'STANDARD') => ({
    Type: 'Map',
    MaxConcurrency: 1,
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType }, StartAt: 'Each', States: { Each: TASK } },
    ...fields,
  });
  const oddOnce = () => {
    const seen: Json[] = [];
    const task: RunOptions['task'] = ({ parameters }) => {
      seen.push(parameters);
      return parameters === 'odd' && seen.filter((each) => each === 'odd').length === 1
        ? { error: 'Odd' }
        : { output: parameters };
    };
    return { seen, options: { task, uuid: counting() } };
  };

  test('redrives the failed children and begins the others, in the same Map Run', async () => {
    const { seen, options } = oddOnce();
    const failed = await runState(distributed(), ['a', 'odd', 'c'], options);
    const [mapRun] = failed.execution.mapRuns;
    const children = mapRun.executions.map(({ arn }) => arn);
    const redriven = await redrive(failed);
    expect(redriven).toMatchObject({ status: 'SUCCEEDED', output: ['a', 'odd', 'c'] });
    expect(seen).toEqual(['a', 'odd', 'odd', 'c']);
    expect(added(failed, redriven)).toEqual([
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
    expect(redriven.events.find(({ type }) => type === 'MapRunRedriven')?.details).toEqual({
      mapRunArn: mapRun.arn,
      redriveCount: 1,
    });
    expect(redriven.execution.mapRuns).toEqual([mapRun]);
    expect(mapRun).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1, itemCounts: { succeeded: 3, total: 3 } });
    expect(mapRun.executions.slice(0, 2).map(({ arn }) => arn)).toEqual(children);
    expect(mapRun.executions.map(({ redriveCount }) => redriveCount)).toEqual([0, 1, 0]);
  });

  test('begins Express children anew', async () => {
    const { options } = oddOnce();
    const failed = await runState(distributed({}, 'EXPRESS'), ['a', 'odd'], options);
    const [mapRun] = failed.execution.mapRuns;
    const [, before] = mapRun.executions;
    expect((await redrive(failed)).status).toBe('SUCCEEDED');
    const [, after] = mapRun.executions;
    expect(after.arn).not.toBe(before.arn);
    expect([before.status, after.status]).toEqual(['FAILED', 'SUCCEEDED']);
  });

  test('begins a new Map Run where the items could not be read', async () => {
    const objects = new TestBucket();
    const ItemReader = { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' } };
    const failed = await runState(distributed({ ItemReader }), {}, { objects, uuid: counting() });
    expect(failed.error).toBe('States.ItemReaderFailed');
    objects.contents.set('k', '[1]');
    const redriven = await redrive(failed);
    expect(redriven.output).toEqual([1]);
    expect(redriven.execution.mapRuns.map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED']);
  });

  // API_MapRunItemCounts.html
  test('shows what waits to be redriven', async () => {
    let redriven = false;
    const task = () => (redriven ? new Promise<never>(() => {}) : { error: 'Odd' });
    const failed = await runState(distributed({ ToleratedFailureCount: 1 }), [1, 2, 3], { task, uuid: counting() });
    const [mapRun] = failed.execution.mapRuns;
    expect(mapRun.itemCounts).toMatchObject({ failed: 2, pending: 1, pendingRedrive: 0, failuresNotRedrivable: 0 });
    redriven = true;
    void failed.execution.redrive();
    await settle();
    expect(mapRun.itemCounts).toMatchObject({ running: 1, pendingRedrive: 1, pending: 1, failed: 0, total: 3 });
    failed.execution.stop();
    expect(mapRun.itemCounts).toMatchObject({ aborted: 1, failed: 1, pending: 1, pendingRedrive: 0 });
  });
});

// API_DescribeExecution.html, redriveStatus and redriveStatusReason; API_RedriveExecution.html
describe('whether an execution can be redriven', () => {
  const fail = { Type: 'Fail', Error: 'No' };
  const reason = (redriveStatusReason: string) => ({ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason });

  test('is said of one that failed, timed out or was aborted', async () => {
    const { execution: failed } = await runState(fail);
    expect(failed.redrivability).toEqual({ redriveStatus: 'REDRIVABLE' });
  });

  test('is denied of one that runs or has succeeded', async () => {
    const running = execution(single({ Type: 'Wait', Seconds: 5 }), {});
    void running.start();
    expect(running.redrivability).toEqual(reason('Execution is RUNNING and cannot be redriven'));
    const { execution: succeeded } = await runState({ Type: 'Succeed' });
    expect(succeeded.redrivability).toEqual(reason('Execution is SUCCEEDED and cannot be redriven'));
    expect(() => succeeded.redrive()).toThrow(ExecutionNotRedrivable);
    expect(() => succeeded.redrive()).toThrow('Execution is SUCCEEDED and cannot be redriven');
  });

  test('is denied 14 days after its end', async () => {
    const { execution: failed, clock } = await runState(fail);
    await clock.advance(14 * DAY);
    expect(failed.redrivability).toEqual({ redriveStatus: 'REDRIVABLE' });
    await clock.advance(1);
    expect(failed.redrivability).toEqual(reason('Execution redrivable period exceeded'));
  });

  test('is denied of one that has been open for a year', async () => {
    const { execution: failed, clock } = await run(
      { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 364 * DAY, Next: 'Fail' }, Fail: fail } },
      {},
    );
    await clock.advance(DAY + 1);
    expect(failed.redrivability).toEqual(reason('Execution has exceeded the max execution time'));
  });

  test('is denied of one whose history is full', async () => {
    const loop = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
    const { execution: full } = await run(loop, {});
    expect(full.redrivability).toEqual(reason('Execution history event limit exceeded'));
  });

  test('is not said of Express', async () => {
    const { execution: express } = await runState(fail, {}, { type: 'EXPRESS' });
    expect(express.redrivability).toBeUndefined();
    expect(() => express.redrive()).toThrow('Express executions cannot be redriven');
  });
});

describe('redrives until the end', () => {
  /** The names of the states left, in the execution and in its children. */
  function exits(execution: Execution): string[] {
    const own = execution.history.filter(({ type }) => type.endsWith('StateExited')).map(({ details }) => details.name ?? '');
    return [...own, ...execution.mapRuns.flatMap(({ executions }) => executions.flatMap(exits))].sort();
  }

  function options(fails: (call: number) => boolean): RunOptions {
    const clock = new TestClock();
    let calls = 0;
    const task: RunOptions['task'] = ({ parameters }) => {
      const outcome = fails(++calls) ? { error: 'Flaky' } : { output: parameters };
      return new Promise((resolve) => clock.schedule(clock.now() + 1000 * (1 + (calls % 3)), () => resolve(outcome)));
    };
    return { clock, task, uuid: counting() };
  }

  test('leave each state once, as if nothing had ever failed', async () => {
    await fc.assert(
      fc.asyncProperty(anyMachine(), fc.uniqueArray(fc.integer({ min: 1, max: 12 })), async (definition, failing) => {
        const input = { items: [1, 2] };
        const smooth = await run(
          definition,
          input,
          options(() => false),
        );
        let rough = await run(
          definition,
          input,
          options((call) => failing.includes(call)),
        );
        while (rough.status !== 'SUCCEEDED') rough = await redrive(rough);
        expect(rough.output).toEqual(smooth.output);
        expect(exits(rough.execution)).toEqual(exits(smooth.execution));
        expect(rough.execution.redriveCount).toBeLessThanOrEqual(failing.length);
      }),
      { numRuns: 60 },
    );
  });
});
