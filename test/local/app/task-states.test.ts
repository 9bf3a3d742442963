import { taskStates } from '../../../local/app/task-states';
import type { Json } from '../../../local/engine/host';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const task = (extra: object = {}) => ({ Type: 'Task', Resource: INVOKE, End: true, ...extra });

describe('the Task states of a definition', () => {
  test('are found at the top, in branches and in item processors', () => {
    const definition = {
      StartAt: 'A',
      States: {
        A: task(),
        P: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: task() } }] },
        M: { Type: 'Map', ItemProcessor: { StartAt: 'C', States: { C: task() } } },
        I: { Type: 'Map', Iterator: { StartAt: 'D', States: { D: task() } } },
        W: { Type: 'Wait', Seconds: 1, End: true },
      },
    };
    expect(taskStates(definition).map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D']);
  });

  test('name their function where it is a literal, in either query language', () => {
    const definition = {
      StartAt: 'A',
      States: {
        A: task({ Arguments: { FunctionName: 'pay' } }),
        B: task({ Parameters: { FunctionName: 'refund' } }),
        C: task({ Arguments: { FunctionName: '{% $fn %}' } }),
        D: task({ Parameters: { 'FunctionName.$': '$.fn' } }),
      },
    };
    expect(taskStates(definition)).toEqual([
      { name: 'A', resource: INVOKE, functionName: 'pay' },
      { name: 'B', resource: INVOKE, functionName: 'refund' },
      { name: 'C', resource: INVOKE },
      { name: 'D', resource: INVOKE },
    ]);
  });

  test.each<Json>([null, 1, 'text', [], {}, { States: null }, { States: { A: null } }])('of %j are none', (definition) => {
    expect(taskStates(definition)).toEqual([]);
  });
});
