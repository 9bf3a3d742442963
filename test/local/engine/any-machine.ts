import fc from 'fast-check';
import type { Json } from '../../../local/engine';

type Fields = { [field: string]: Json };

/** Machines of any shape, that succeed on `{ items: [...] }` unless a task fails. */
export function anyMachine(): fc.Arbitrary<Json> {
  return graph(2, { n: 0 });
}

/** @param names counts, so that no two states have one name */
function graph(depth: number, names: { n: number }): fc.Arbitrary<Json> {
  const leaf = fc.constantFrom<Fields>(
    { Type: 'Pass' },
    { Type: 'Wait', Seconds: 3 },
    { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' },
    { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', TimeoutSeconds: 9 },
    { Type: 'Task', Resource: 'arn:aws:states:eu-west-1:123456789012:activity:work' },
    { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input %}' },
  );
  const state: fc.Arbitrary<Fields> =
    depth === 0
      ? leaf
      : fc.oneof(
          leaf,
          fc
            .array(graph(depth - 1, names), { minLength: 1, maxLength: 3 })
            .map((Branches): Fields => ({ Type: 'Parallel', Branches, ResultPath: null })),
          fc
            .record({
              processor: graph(depth - 1, names),
              MaxConcurrency: fc.integer({ min: 0, max: 2 }),
              distributed: fc.boolean(),
            })
            .map(({ processor, MaxConcurrency, distributed }): Fields => {
              const ItemProcessor = distributed
                ? { ...(processor as Fields), ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }
                : processor;
              return {
                Type: 'Map',
                ItemsPath: '$.items',
                ItemSelector: { 'items.$': '$.items' },
                MaxConcurrency,
                ItemProcessor,
                ResultPath: null,
              };
            }),
        );
  return fc.array(state, { minLength: 1, maxLength: 3 }).map((states) => {
    const named = states.map((each) => [`S${names.n++}`, each] as const);
    const States = named.map(([name, each], i) => [
      name,
      i + 1 < named.length ? { ...each, Next: named[i + 1][0] } : { ...each, End: true },
    ]);
    return { StartAt: named[0][0], States: Object.fromEntries(States) };
  });
}
