import fc from 'fast-check';
import type { Json } from '../../../../local/engine';
import { runState, TestClock } from '../fixture';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const processor = (state: { [field: string]: Json }): Json => ({ StartAt: 'Each', States: { Each: state } });
const map = (state: { [field: string]: Json }, fields: { [field: string]: Json } = {}) => ({
  Type: 'Map',
  ItemProcessor: processor(state),
  ...fields,
});
const PASS = { Type: 'Pass', End: true };

describe('a Map state', () => {
  test('puts out what its processor makes of each item, in order', async () => {
    const state = map({ ...PASS, Parameters: { 'n.$': '$' } }, { ItemsPath: '$.list', ResultPath: '$.done' });
    expect((await runState(state, { list: [1, 2] })).output).toEqual({ list: [1, 2], done: [{ n: 1 }, { n: 2 }] });
  });

  test('makes the input of an iteration by ItemSelector, from the state and the item', async () => {
    const ItemSelector = { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'all.$': '$.list' };
    const { output } = await runState(map(PASS, { InputPath: '$.in', ItemsPath: '$.list', ItemSelector }), {
      in: { list: ['a'] },
    });
    expect(output).toEqual([{ i: 0, v: 'a', all: ['a'] }]);
  });

  test('gives each iteration its own item where selectors in JSONata overlap', async () => {
    const ItemSelector = { a: '{% $states.context.Map.Item.Value %}', b: '{% $states.context.Map.Item.Index %}' };
    const { output } = await runState(map(PASS, { QueryLanguage: 'JSONata', Items: '{% $states.input %}', ItemSelector }), [
      'x',
      'y',
      'z',
    ]);
    expect(output).toEqual([
      { a: 'x', b: 0 },
      { a: 'y', b: 1 },
      { a: 'z', b: 2 },
    ]);
  });

  test('runs no more iterations at once than MaxConcurrency says, and never more than 40', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), async (items, MaxConcurrency) => {
        const clock = new TestClock();
        let running = 0;
        let most = 0;
        const { output } = await runState(
          map({ Type: 'Task', Resource: RESOURCE, End: true }, { MaxConcurrency }),
          Array.from({ length: items }, (_, i) => i),
          {
            clock,
            task: ({ parameters }) => {
              most = Math.max(most, ++running);
              return new Promise((resolve) => {
                // later items are done first
                clock.schedule(clock.now() + (items - Number(parameters)), () => {
                  running--;
                  resolve({ output: parameters });
                });
              });
            },
          },
        );
        expect(output).toEqual(Array.from({ length: items }, (_, i) => i));
        expect(most).toBe(Math.min(items, MaxConcurrency === 0 ? 40 : Math.min(MaxConcurrency, 40)));
      }),
      { numRuns: 20 },
    );
  });

  test('fails with its first failing iteration; those under way are aborted, the rest never begun', async () => {
    const state = map({ Type: 'Task', Resource: RESOURCE, End: true }, { MaxConcurrency: 2 });
    const answer = ({ parameters }: { parameters: Json }) => (parameters === 1 ? { error: 'Odd' } : new Promise<never>(() => {}));
    const { error, events } = await runState(state, [0, 1, 2], { task: answer });
    expect(error).toBe('Odd');
    expect(
      events.filter(({ type }) => type.startsWith('MapIteration')).map(({ type, details }) => [type, details.index]),
    ).toEqual([
      ['MapIterationStarted', 0],
      ['MapIterationStarted', 1],
      ['MapIterationFailed', 1],
      ['MapIterationAborted', 0],
    ]);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['MapStateFailed', 'ExecutionFailed']);
  });

  test('follows the last event of its iterations', async () => {
    const { events } = await runState(map(PASS, { MaxConcurrency: 1 }), [1]);
    expect(events.map(({ type, previousEventId }) => [type, previousEventId]).slice(2)).toEqual([
      ['MapStateStarted', 2],
      ['MapIterationStarted', 3],
      ['PassStateEntered', 4],
      ['PassStateExited', 5],
      ['MapIterationSucceeded', 6],
      ['MapStateSucceeded', 7],
      ['MapStateExited', 7],
      ['ExecutionSucceeded', 9],
    ]);
  });

  test('begins each iteration from the event that started them all', async () => {
    const { events } = await runState(map(PASS, { MaxConcurrency: 1 }), [1, 2, 3]);
    expect(events.filter(({ type }) => type === 'MapIterationStarted').map(({ previousEventId }) => previousEventId)).toEqual([
      3, 3, 3,
    ]);
  });

  test('begins anew when it is retried', async () => {
    let calls = 0;
    const state = map({ Type: 'Task', Resource: RESOURCE, End: true }, { Retry: [{ ErrorEquals: ['Odd'] }] });
    const { output, types } = await runState(state, ['a', 'b'], {
      task: () => (++calls === 2 ? { error: 'Odd' } : { output: calls }),
    });
    expect(output).toEqual([3, 4]);
    expect(types.filter((type) => type === 'MapStateStarted')).toHaveLength(2);
  });

  test('may be given as Iterator with Parameters, as it used to be', async () => {
    const state = { Type: 'Map', Iterator: processor(PASS), Parameters: { 'v.$': '$$.Map.Item.Value' } };
    expect((await runState(state, [1])).output).toEqual([{ v: 1 }]);
  });

  test('of nothing succeeds with nothing', async () => {
    expect((await runState(map(PASS), [])).output).toEqual([]);
  });

  test.each<[{ [field: string]: Json }, Json, string, string]>([
    [{ ItemsPath: '$.a' }, { a: 1 }, 'States.Runtime', 'Reference path "$.a" must point to array.'],
    [
      { MaxConcurrencyPath: '$[0]' },
      ['x'],
      'States.Runtime',
      'The MaxConcurrencyPath field refers to value "x" which is not a valid integer: $[0]',
    ],
    [{ QueryLanguage: 'JSONata' }, 5, 'States.QueryEvaluationError', 'Map state input must be an array but was: 5'],
    [
      { QueryLanguage: 'JSONata', Items: '{% 1 %}' },
      0,
      'States.QueryEvaluationError',
      "Expected 'array', but was 'number' for value: 1",
    ],
  ])('%p over %p fails as %s', async (fields, input, error, reason) => {
    expect(await runState(map(PASS, fields), input)).toMatchObject({ error, cause: expect.stringContaining(reason) });
  });

  test('inside a Map has the item of the inner one in its context', async () => {
    const inner = map({ ...PASS, Parameters: { 'v.$': '$$.Map.Item.Value' } }, { End: true });
    expect((await runState(map(inner), [[1], [2]])).output).toEqual([[{ v: 1 }], [{ v: 2 }]]);
  });
});
