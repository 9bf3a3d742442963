import fc from 'fast-check';
import type { HistoryEvent, Json } from '../../../local/engine';
import { anyMachine } from './any-machine';
import { counting, execution, type RunOptions, settle, TestClock } from './fixture';

/** Runs until it has ended, and stops it as it records its event number `at`. */
async function runAndStop(definition: Json, at: number) {
  const clock = new TestClock();
  const task: RunOptions['task'] = ({ parameters, resource, progress }) => {
    if (resource.includes(':activity:')) progress?.started('worker');
    if (resource.endsWith('.waitForTaskToken')) progress?.submitted({});
    return new Promise((resolve) => clock.schedule(clock.now() + 2000, () => resolve({ output: parameters })));
  };
  const running = execution(
    definition,
    { items: [1, 2] },
    {
      ...{ clock, task, uuid: counting() },
      onEvent: ({ id }) => {
        if (id === at) running.stop('Enough', 'stopped by a test');
      },
    },
  );
  const result = running.start();
  while (running.result === undefined) {
    await settle();
    if (running.result === undefined && !clock.skip()) throw new Error('the execution waits for something that never comes');
  }
  await settle();
  return { clock, running, ended: await result, events: running.history };
}

function expectWellFormed(events: readonly HistoryEvent[]): void {
  expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => i + 1));
  expect(events.filter(({ id, previousEventId }) => previousEventId >= id)).toEqual([]);
  const terminal = events.filter(({ type }) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type));
  expect(terminal).toEqual([events.at(-1)]);
}

describe('StopExecution', () => {
  test('at any event of any machine ends it there, with nothing after it and nothing left running', async () => {
    await fc.assert(
      fc.asyncProperty(anyMachine(), fc.nat(), async (definition, seed) => {
        const whole = await runAndStop(definition, Number.POSITIVE_INFINITY);
        expect(whole.ended.status).toBe('SUCCEEDED');
        expectWellFormed(whole.events);
        expect(whole.clock.pending).toBe(0);

        const at = 1 + (seed % (whole.events.length - 1));
        const { ended, events, running, clock } = await runAndStop(definition, at);
        expect(ended).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'stopped by a test' });
        expectWellFormed(events);
        expect(events).toHaveLength(at + 1);
        // what was recorded up to then does not depend on the stop
        expect(events.slice(0, at).map(({ type }) => type)).toEqual(whole.events.slice(0, at).map(({ type }) => type));
        for (const child of running.mapRuns.flatMap(({ executions }) => executions)) {
          expect(child.status).not.toBe('RUNNING');
          expectWellFormed(child.history);
        }
        // tasks of the test keep their timers; the engine has none left
        await clock.advance(3600);
        expect(running.history).toHaveLength(at + 1);
      }),
      { numRuns: 60 },
    );
  });

  test('at any event leaves an execution that a redrive completes as if it had never been stopped', async () => {
    await fc.assert(
      fc.asyncProperty(anyMachine(), fc.nat(), async (definition, seed) => {
        const whole = await runAndStop(definition, Number.POSITIVE_INFINITY);
        const at = 1 + (seed % (whole.events.length - 1));
        const { running, clock } = await runAndStop(definition, at);
        void running.redrive();
        while (running.result === undefined) {
          await settle();
          if (running.result === undefined && !clock.skip()) throw new Error('the redriven execution waits for ever');
        }
        expect(running.result).toMatchObject({ status: 'SUCCEEDED', output: whole.ended.output });
        const entered = ({ type }: HistoryEvent) => type.endsWith('StateEntered');
        const names = (events: readonly HistoryEvent[]) =>
          events
            .filter(entered)
            .map(({ details }) => details.name)
            .sort();
        expect(names(running.history)).toEqual(names(whole.events));
      }),
      { numRuns: 60 },
    );
  });

  // measured on AWS: github.com/floci-io/floci/issues/2965
  test('follows no event, and tells nothing where nothing was told', async () => {
    const running = execution({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 9, End: true } } }, {});
    const result = running.start();
    await settle();
    running.stop();
    expect(await result).toEqual({ status: 'ABORTED', startDate: expect.any(Number), stopDate: expect.any(Number) });
    expect(running.history.at(-1)).toMatchObject({ type: 'ExecutionAborted', id: 3, previousEventId: 0, details: {} });
  });
});

// measured on AWS: github.com/floci-io/floci/issues/2733
describe('an execution whose time is over', () => {
  test('names States.Timeout in its last event alone', async () => {
    const clock = new TestClock();
    const definition = { StartAt: 'W', TimeoutSeconds: 3, States: { W: { Type: 'Wait', Seconds: 25, End: true } } };
    const running = execution(definition, {}, { clock });
    const result = running.start();
    await clock.advance(3);
    expect(await result).toEqual({ status: 'TIMED_OUT', startDate: clock.time - 3000, stopDate: clock.time });
    expect(running.history.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      details: { error: 'States.Timeout' },
    });
  });
});
