import fc from 'fast-check';
import type { Json } from '../../../../local/engine';
import { problemsOf, runState, START, single } from '../fixture';

const RESOURCE = 'arn:aws:states:::lambda:invoke';

/** Runs a task that always fails by these names in turn; gives the pauses between its attempts in seconds. */
async function pauses(Retry: { [field: string]: Json }[], errors: readonly string[], random = () => 0.5) {
  const times: number[] = [];
  let attempt = 0;
  const ran = await runState(
    { Type: 'Task', Resource: RESOURCE, Retry },
    {},
    {
      random,
      task: () => ({ error: errors[attempt++ % errors.length] }),
    },
  );
  for (const { type, timestamp } of ran.events) if (type === 'TaskScheduled') times.push((timestamp - START) / 1000);
  return { ...ran, attempts: times.length, pauses: times.slice(1).map((time, i) => time - times[i]) };
}

const retrier = fc.record({
  IntervalSeconds: fc.integer({ min: 1, max: 100 }),
  MaxAttempts: fc.integer({ min: 0, max: 6 }),
  BackoffRate: fc.constantFrom(1, 1.5, 2, 3),
  MaxDelaySeconds: fc.integer({ min: 1, max: 1000 }),
});

describe('Retry', () => {
  test('waits one second, then twice as long each time, three times, unless told otherwise', async () => {
    expect((await pauses([{ ErrorEquals: ['States.ALL'] }], ['Odd'])).pauses).toEqual([1, 2, 4]);
  });

  test('waits the interval times the rate to the power of earlier retries, up to the longest delay', async () => {
    await fc.assert(
      fc.asyncProperty(retrier, async (fields) => {
        const { attempts, pauses: waited } = await pauses([{ ErrorEquals: ['States.ALL'], ...fields }], ['Odd']);
        expect(attempts).toBe(fields.MaxAttempts + 1);
        waited.forEach((pause, i) => {
          expect(pause).toBeCloseTo(Math.min(fields.IntervalSeconds * fields.BackoffRate ** i, fields.MaxDelaySeconds), 3);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('with full jitter waits a random part of that', async () => {
    await fc.assert(
      fc.asyncProperty(retrier, fc.double({ min: 0, max: 0.999, noNaN: true }), async (fields, part) => {
        const { pauses: waited } = await pauses(
          [{ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL', ...fields }],
          ['Odd'],
          () => part,
        );
        waited.forEach((pause, i) => {
          expect(pause).toBeCloseTo(part * Math.min(fields.IntervalSeconds * fields.BackoffRate ** i, fields.MaxDelaySeconds), 2);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('counts the attempts of each retrier for itself', async () => {
    const Retry: { [field: string]: Json }[] = [
      { ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 10 },
      { ErrorEquals: ['B'], MaxAttempts: 2, IntervalSeconds: 20, BackoffRate: 1 },
    ];
    const { pauses: waited, error } = await pauses(Retry, ['A', 'B', 'B', 'A']);
    expect([waited, error]).toEqual([[10, 20, 20], 'A']);
  });

  test('takes the first retrier that matches, even where it gives up before a later one would', async () => {
    const Retry = [
      { ErrorEquals: ['Odd'], MaxAttempts: 0 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 5 },
    ];
    expect((await pauses(Retry, ['Odd'])).attempts).toBe(1);
  });

  test('shows the number of retries in the context object', async () => {
    const counts: Json[] = [];
    await runState(
      {
        Type: 'Task',
        Resource: RESOURCE,
        Parameters: { 'n.$': '$$.State.RetryCount' },
        Retry: [{ ErrorEquals: ['States.ALL'] }],
      },
      {},
      {
        task: ({ parameters }) => {
          counts.push((parameters as { n: Json }).n);
          return { error: 'Odd' };
        },
      },
    );
    expect(counts).toEqual([0, 1, 2, 3]);
  });

  test('does not retry what States.Runtime ended', async () => {
    const state = {
      Type: 'Task',
      Resource: RESOURCE,
      Parameters: { 'a.$': '$.missing' },
      Retry: [{ ErrorEquals: ['States.ALL', 'States.Runtime'] }],
    };
    expect((await runState(state)).seconds).toBe(0);
  });

  test('retries an expression that failed', async () => {
    const state = {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: RESOURCE,
      Arguments: '{% $nowhere %}',
      Retry: [{ ErrorEquals: ['States.QueryEvaluationError'] }],
    };
    expect((await runState(state)).seconds).toBe(7);
  });

  test.each<[{ [field: string]: Json }, string]>([
    [{}, '/States/It/Retry[0]'],
    [{ ErrorEquals: [] }, '/States/It/Retry[0]/ErrorEquals'],
    [{ ErrorEquals: ['A'], IntervalSeconds: -1 }, '/States/It/Retry[0]/IntervalSeconds'],
    [{ ErrorEquals: ['A'], BackoffRate: 0.5 }, '/States/It/Retry[0]/BackoffRate'],
    [{ ErrorEquals: ['A'], MaxAttempts: -1 }, '/States/It/Retry[0]/MaxAttempts'],
    [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }, '/States/It/Retry[0]/JitterStrategy'],
    [{ ErrorEquals: ['A'], Next: 'It' }, '/States/It/Retry[0]/Next'],
  ])('%p is refused at %s', (fields, location) => {
    expect(problemsOf(single({ Type: 'Task', Resource: RESOURCE, Retry: [fields] })).map((problem) => problem.location)).toEqual([
      location,
    ]);
  });
});
