import type { Json, TaskOutcome, TaskRequest } from '../../../../local/engine';
import { problemsOf, run, runState, single, TestClock } from '../fixture';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const branch = (name: string, state: { [field: string]: Json }): Json => ({ StartAt: name, States: { [name]: state } });
const pass = (name: string, fields: { [field: string]: Json } = {}) => branch(name, { Type: 'Pass', End: true, ...fields });
const failing = (name: string, error: string) => branch(name, { Type: 'Fail', Error: error });
const parallel = (Branches: Json[], fields: { [field: string]: Json } = {}) => ({ Type: 'Parallel', Branches, ...fields });

describe('a Parallel state', () => {
  test('runs all branches on the same input and puts out their outputs in order', async () => {
    const { output } = await runState(
      parallel([branch('Slow', { Type: 'Wait', Seconds: 9, End: true }), pass('Quick', { Result: 'quick' })], {
        Parameters: { 'a.$': '$.a' },
      }),
      { a: 1, b: 2 },
    );
    expect(output).toEqual([{ a: 1 }, 'quick']);
  });

  test('takes as long as its slowest branch', async () => {
    const waits = [3, 20, 7].map((Seconds, i) => branch(`W${i}`, { Type: 'Wait', Seconds, End: true }));
    expect((await runState(parallel(waits))).seconds).toBe(20);
  });

  test('lets branches take turns, state by state', async () => {
    const two = (name: string): Json => ({
      StartAt: `${name}1`,
      States: { [`${name}1`]: { Type: 'Pass', Next: `${name}2` }, [`${name}2`]: { Type: 'Pass', End: true } },
    });
    const { events } = await runState(parallel([two('A'), two('B')]));
    expect(events.filter(({ type }) => type === 'PassStateEntered').map(({ details }) => details.name)).toEqual([
      'A1',
      'B1',
      'A2',
      'B2',
    ]);
  });

  test('does not let a branch that loops starve the sibling that ends it', async () => {
    const loop: Json = {
      StartAt: 'Loop',
      States: { Loop: { Type: 'Pass', Next: 'Again' }, Again: { Type: 'Pass', Next: 'Loop' } },
    };
    const { status, error } = await runState(parallel([loop, failing('Stop', 'Enough')]));
    expect([status, error]).toEqual(['FAILED', 'Enough']);
  });

  test('fails as its first failing branch does, and ends the others where they stand', async () => {
    const signals: AbortSignal[] = [];
    const clock = new TestClock();
    const answer = ({ signal }: TaskRequest) => {
      signals.push(signal);
      return new Promise<TaskOutcome>(() => {});
    };
    const task = branch('Working', { Type: 'Task', Resource: RESOURCE, TimeoutSeconds: 60, End: true });
    const late: Json = {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 5, Next: 'Fail' }, Fail: { Type: 'Fail', Error: 'First' } },
    };
    const { error, seconds, types } = await runState(parallel([task, late]), {}, { task: answer, clock });
    expect([error, seconds]).toEqual(['First', 5]);
    expect(types.slice(-3)).toEqual(['TaskStateAborted', 'ParallelStateFailed', 'ExecutionFailed']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(clock.pending).toBe(0);
  });

  test('is caught and retried as a whole', async () => {
    const Retry = [{ ErrorEquals: ['Odd'], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 1 }];
    const States = {
      Both: {
        Type: 'Parallel',
        Branches: [failing('F', 'Odd')],
        Retry,
        Catch: [{ ErrorEquals: ['Odd'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    };
    const { output, seconds, types } = await run({ StartAt: 'Both', States });
    expect([output, seconds]).toEqual([{ Error: 'Odd', Cause: null }, 2]);
    expect(types.filter((type) => type.startsWith('Parallel'))).toEqual([
      'ParallelStateEntered',
      'ParallelStateStarted',
      'ParallelStateStarted',
      'ParallelStateStarted',
      'ParallelStateFailed',
      'ParallelStateExited',
    ]);
  });

  test('lets branches see the variables from outside, and keeps theirs inside', async () => {
    const inner: Json = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { 'y.$': '$x', x: 'inner' }, Next: 'Read' },
        Read: { Type: 'Pass', Parameters: { 'x.$': '$x', 'y.$': '$y' }, End: true },
      },
    };
    const States = {
      Before: { Type: 'Pass', Assign: { x: 'outer' }, Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [inner], ResultPath: '$.branches', Next: 'After' },
      After: { Type: 'Pass', Parameters: { 'x.$': '$x', 'branches.$': '$.branches' }, End: true },
    };
    expect((await run({ StartAt: 'Before', States })).output).toEqual({ x: 'outer', branches: [{ x: 'inner', y: 'outer' }] });
  });

  test('chains the events of each branch by their previous event', async () => {
    const { events } = await runState(parallel([pass('A'), pass('B')]));
    const idOf = (type: string, name?: string) => events.find((event) => event.type === type && event.details.name === name)?.id;
    const previousOf = (type: string, name: string) =>
      events.find((event) => event.type === type && event.details.name === name)?.previousEventId;
    for (const name of ['A', 'B']) {
      expect(previousOf('PassStateEntered', name)).toBe(idOf('ParallelStateStarted'));
      expect(previousOf('PassStateExited', name)).toBe(idOf('PassStateEntered', name));
    }
  });

  test('follows the event that its last branch ended with, and passes its own end by', async () => {
    const { events } = await runState(parallel([branch('W', { Type: 'Wait', Seconds: 1, End: true }), pass('P')]));
    const id = (type: string) => events.find((event) => event.type === type)?.id;
    const previous = (type: string) => events.find((event) => event.type === type)?.previousEventId;
    expect(previous('ParallelStateSucceeded')).toBe(id('WaitStateExited'));
    expect(previous('ParallelStateExited')).toBe(id('WaitStateExited'));
  });

  test('follows the event that failed a branch, not those of the branches it ended', async () => {
    const { events } = await runState(parallel([branch('W', { Type: 'Wait', Seconds: 1, End: true }), failing('F', 'Odd')]));
    const chain = events.map(({ type, previousEventId }) => [type, previousEventId]);
    expect(chain.slice(3)).toEqual([
      ['WaitStateEntered', 3],
      ['FailStateEntered', 3],
      ['WaitStateAborted', 4],
      ['ParallelStateFailed', 5],
      ['ExecutionFailed', 7],
    ]);
  });

  test('records no end of anything where a branch failed beyond catching', async () => {
    const broken = pass('P', { InputPath: '$.missing' });
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const States = {
      It: { ...parallel([branch('W', { Type: 'Wait', Seconds: 1, End: true }), broken]), Catch, End: true },
      Caught: { Type: 'Pass', End: true },
    };
    const { error, types } = await run({ StartAt: 'It', States });
    expect(error).toBe('States.Runtime');
    expect(types.slice(3)).toEqual(['WaitStateEntered', 'PassStateEntered', 'ExecutionFailed']);
  });

  test('ends all branches of the execution at once where one failed beyond catching, however deep', async () => {
    const loop: Json = { StartAt: 'L1', States: { L1: { Type: 'Pass', Next: 'L2' }, L2: { Type: 'Pass', Next: 'L1' } } };
    const deep = parallel([branch('Inner', { ...parallel([pass('P', { InputPath: '$.missing' })]), End: true }), loop]);
    const { error, events } = await runState(deep);
    expect(error).toBe('States.Runtime');
    const failed = events.findIndex(({ details }) => details.name === 'P');
    expect(events.slice(failed).map(({ type }) => type)).toEqual(['PassStateEntered', 'ExecutionFailed']);
  });

  test('fails a second time where its catcher fails', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Output: '{% $nowhere %}', Next: 'Caught' }];
    const States = { It: { ...parallel([failing('F', 'Odd')]), Catch, End: true }, Caught: { Type: 'Succeed' } };
    const { error, events } = await run({ QueryLanguage: 'JSONata', StartAt: 'It', States });
    expect(error).toBe('States.QueryEvaluationError');
    expect(events.slice(3).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['FailStateEntered', 3],
      ['ParallelStateFailed', 4],
      ['EvaluationFailed', 4],
      ['ParallelStateFailed', 6],
      ['ExecutionFailed', 7],
    ]);
  });

  test('is refused with branches that are wrong, each by its place', () => {
    const wrong = parallel([pass('A'), branch('B', { Type: 'Pass', Next: 'Nowhere' })]);
    expect(problemsOf(single({ ...wrong }))).toEqual([
      {
        code: 'MISSING_TRANSITION_TARGET',
        location: '/States/It/Branches[1]/States/B/Next',
        message: "Missing 'Next' target: Nowhere",
      },
    ]);
    expect(problemsOf(single(parallel([]))).map(({ location }) => location)).toEqual(['/States/It/Branches']);
  });
});
