import type { HistoryEvent, Json, TaskOutcome } from '../../../local/engine';
import { EXECUTION_ARN, execution, run, runState, START, settle, single, TestClock } from './fixture';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const WAIT: Json = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };
const LOOP: Json = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };

describe('an execution', () => {
  test('ends in the same breath where nothing has to be waited for', () => {
    const running = execution(single({ Type: 'Pass' }), { a: 1 });
    void running.start();
    expect(running.result).toMatchObject({ status: 'SUCCEEDED', output: { a: 1 }, startDate: START, stopDate: START });
  });

  test('takes null for the input that it is', async () => {
    const nothing = execution(single({ Type: 'Pass' }), null);
    expect(await nothing.start()).toMatchObject({ status: 'SUCCEEDED', output: null });
  });

  test('starts once, however often it is asked to', async () => {
    const running = execution(single({ Type: 'Pass' }), {});
    expect(running.start()).toBe(running.start());
    await running.start();
    expect(running.history.filter(({ type }) => type === 'ExecutionStarted')).toHaveLength(1);
  });

  test('records what happens in order, each event by the one it follows', async () => {
    const { events } = await run({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } } }, { x: 1 });
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'PassStateEntered'],
      [3, 2, 'PassStateExited'],
      [4, 3, 'SucceedStateEntered'],
      [5, 4, 'SucceedStateExited'],
      [6, 5, 'ExecutionSucceeded'],
    ]);
    expect(events[0].details).toEqual({ input: { x: 1 }, roleArn: 'arn:aws:iam::123456789012:role/orders' });
    expect(events[1].details).toEqual({ name: 'A', input: { x: 1 } });
  });

  test('tells of each event as it happens', async () => {
    const seen: HistoryEvent[] = [];
    const { events } = await runState({ Type: 'Pass' }, {}, { onEvent: (event) => seen.push(event) });
    expect(seen).toEqual(events);
  });

  test('shows itself in the context object', async () => {
    const { output } = await runState({ Type: 'Pass', Parameters: { 'c.$': '$$' } }, { x: 1 });
    expect(output).toEqual({
      c: {
        Execution: {
          Id: EXECUTION_ARN,
          Input: { x: 1 },
          StartTime: '2026-01-01T00:00:00.000Z',
          Name: 'first',
          RoleArn: 'arn:aws:iam::123456789012:role/orders',
          RedriveCount: 0,
        },
        StateMachine: { Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders', Name: 'orders' },
        State: { Name: 'It', EnteredTime: '2026-01-01T00:00:00.000Z' },
      },
    });
  });

  test('that was started synchronously has no RedriveCount', async () => {
    const { output } = await runState({ Type: 'Pass', OutputPath: '$$.Execution' }, {}, { synchronous: true, type: 'EXPRESS' });
    expect(output).not.toHaveProperty('RedriveCount');
  });

  test('keeps the clock in one order for JSONata, tasks and waits', async () => {
    const states: Json = {
      A: { Type: 'Wait', Seconds: '{% 2 %}', Next: 'B' },
      B: { Type: 'Pass', Output: '{% $states.context.State.EnteredTime %}', End: true },
    };
    expect((await run({ QueryLanguage: 'JSONata', StartAt: 'A', States: states })).output).toBe('2026-01-01T00:00:02.000Z');
  });

  test('rejects for a fault of the program, which is no failure of the machine', async () => {
    const random = () => {
      throw new Error('no entropy');
    };
    const broken = execution(single({ Type: 'Pass', Parameters: { 'a.$': 'States.MathRandom(1, 2)' } }), {}, { random });
    await expect(broken.start()).rejects.toThrow('no entropy');
  });
});

describe('a time-out of the execution', () => {
  test('ends it as TIMED_OUT, wherever it stands', async () => {
    const { status, seconds, types, clock } = await run({ ...(WAIT as object), TimeoutSeconds: 5 });
    expect([status, seconds]).toEqual(['TIMED_OUT', 5]);
    expect(types).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
    expect(clock.pending).toBe(0);
  });

  test('comes after five minutes in Express', async () => {
    const slow = single({ Type: 'Wait', Seconds: 3600 });
    expect(await run(slow, {}, { type: 'EXPRESS' })).toMatchObject({ status: 'TIMED_OUT', seconds: 300 });
  });

  test('leaves no timer behind when the execution ends in time', async () => {
    const { clock } = await run(single({ Type: 'Pass' }, { TimeoutSeconds: 5 }));
    expect(clock.pending).toBe(0);
  });
});

describe('stop', () => {
  test('ends an execution as ABORTED and aborts its tasks, of all branches', async () => {
    const signals: AbortSignal[] = [];
    const branch = (name: string): Json => ({
      StartAt: name,
      States: { [name]: { Type: 'Task', Resource: RESOURCE, End: true } },
    });
    const running = execution(
      single({ Type: 'Parallel', Branches: [branch('A'), branch('B')] }),
      {},
      {
        task: ({ signal }) => {
          signals.push(signal);
          return new Promise<TaskOutcome>(() => {});
        },
      },
    );
    const result = running.start();
    running.stop('Enough', 'no more');
    expect(await result).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'no more' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(running.history.at(-1)).toMatchObject({ type: 'ExecutionAborted', details: { error: 'Enough', cause: 'no more' } });
    expect(running.history.filter(({ type }) => type === 'TaskStateAborted')).toEqual([]);
  });

  test('from within a task ends the execution too', async () => {
    const running = execution(
      single({ Type: 'Task', Resource: RESOURCE }),
      {},
      {
        task: () => {
          running.stop();
          return { output: 'too late' };
        },
      },
    );
    expect(await running.start()).toMatchObject({ status: 'ABORTED' });
    await settle();
    expect(running.history.at(-1)?.type).toBe('ExecutionAborted');
  });

  test('does nothing to an execution that has ended, or has not started', async () => {
    const running = execution(single({ Type: 'Pass' }), {});
    running.stop();
    expect(await running.start()).toMatchObject({ status: 'SUCCEEDED' });
    running.stop();
    expect(running.status).toBe('SUCCEEDED');
  });

  test('turns down what a task says afterwards', async () => {
    let answer: (outcome: TaskOutcome) => void = () => {};
    const running = execution(
      single({ Type: 'Task', Resource: RESOURCE }),
      {},
      {
        task: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
    );
    const result = running.start();
    running.stop();
    answer({ output: 'late' });
    await settle();
    expect(await result).toMatchObject({ status: 'ABORTED' });
    expect(running.history.at(-1)?.type).toBe('ExecutionAborted');
  });
});

describe('the limits of AWS', () => {
  test('end a Standard execution with its 25,000th event', async () => {
    const { status, error, cause, events } = await run(LOOP);
    expect([status, error, events.length]).toEqual(['FAILED', 'States.Runtime', 25_000]);
    expect(cause).toBe('The execution reached the maximum number of history events (25000).');
    // measured on AWS: github.com/floci-io/floci/issues/2734
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionFailed', id: 25_000, previousEventId: 24_999 });
  });

  test('end it there whatever event comes next, beyond Retry and Catch, and leave no fault with the host', async () => {
    const Resource = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
    const beyond = { Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };
    const faults: unknown[] = [];
    const ends = new Set<string | undefined>();
    for (let passes = 0; passes < 5; passes++) {
      const States: { [name: string]: Json } = { Loop: { Type: 'Task', Resource, ...beyond, Next: 'Loop' } };
      for (let i = 0; i < passes; i++) States[`P${i}`] = { Type: 'Pass', Next: i + 1 < passes ? `P${i + 1}` : 'Loop' };
      const definition = { StartAt: passes > 0 ? 'P0' : 'Loop', States: { ...States, Caught: { Type: 'Succeed' } } };
      const { status, error, events } = await run(
        definition,
        {},
        {
          task: ({ progress }) => {
            try {
              progress?.submitted({});
            } catch (fault) {
              faults.push(fault);
            }
            return { output: {} };
          },
        },
      );
      expect([status, error, events.length]).toEqual(['FAILED', 'States.Runtime', 25_000]);
      ends.add(events.at(-2)?.type);
    }
    expect(faults).toEqual([]);
    // an entry, a start, a submission and so on were the last there was room for
    expect(ends.size).toBeGreaterThan(2);
  });

  test('are those of each child of a distributed Map by itself', async () => {
    const ItemProcessor = { ...LOOP, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
    const { status, error, execution: parent } = await runState({ Type: 'Map', ItemProcessor, ToleratedFailureCount: 1 }, [1]);
    expect([status, error]).toEqual(['SUCCEEDED', undefined]);
    const [mapRun] = parent.mapRuns;
    expect(mapRun.executions[0].history).toHaveLength(25_000);
    expect(mapRun.itemCounts).toMatchObject({ failed: 1, failuresNotRedrivable: 1 });
  });

  test('are not those of AWS in Express, where a loop without end still comes to one', async () => {
    const { status, cause } = await run(LOOP, {}, { type: 'EXPRESS' });
    expect([status, cause]).toEqual(['FAILED', 'The execution reached the maximum number of history events (250000).']);
  });

  test('let a state put out 256 KB and not a byte more', async () => {
    const text = (bytes: number) => 'x'.repeat(bytes - 2); // two for the quotes
    const state = { Type: 'Pass', Parameters: { 'a.$': '$.a' }, OutputPath: '$.a' };
    expect(await runState(state, { a: text(262_144) })).toMatchObject({ status: 'SUCCEEDED' });
    const { error, cause } = await runState(state, { a: text(262_145) });
    expect(error).toBe('States.DataLimitExceeded');
    expect(cause).toBe("The state/task 'It' returned a result with a size exceeding the maximum number of bytes service limit.");
  });
});

test('many executions of one machine do not disturb each other', async () => {
  const clock = new TestClock();
  const definition: Json = {
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { 'mine.$': '$.n' }, Next: 'Wait' },
      Wait: { Type: 'Wait', SecondsPath: '$.n', Next: 'Get' },
      Get: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $mine %}', End: true },
    },
  };
  const results = Array.from({ length: 50 }, (_, n) => execution(definition, { n: 50 - n }, { clock }).start());
  await clock.advance(60);
  expect((await Promise.all(results)).map(({ output }) => output)).toEqual(Array.from({ length: 50 }, (_, n) => 50 - n));
});
