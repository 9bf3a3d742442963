import { coverage, type Json, loadDefinition, TaskError } from '../../../../local/testing';

const task = (extra: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'work' },
  ...extra,
});
const end = { Type: 'Succeed' };

/** What executions with these inputs leave out; the tasks fail with the names given in turn, and then succeed. */
async function missing(definition: object, { inputs = [{}] as Json[], errors = {} as Record<string, string[]> } = {}) {
  const app = loadDefinition(definition);
  const machine = app.machine();
  const names = JSON.stringify(definition).match(/"[^"]*":\{"Type":"Task"/g) ?? [];
  for (const name of names.map((text) => text.split('"')[1]!)) {
    const left = [...(errors[name] ?? [])];
    machine.task(name).answers(() => {
      const error = left.shift();
      if (error !== undefined) throw new TaskError(error);
    });
  }
  for (const input of inputs) await machine.run(input);
  const { states, branches, retriers, catchers } = coverage(app);
  return {
    states: states.missing,
    branches: branches.missing,
    retriers: retriers.missing,
    catchers: catchers.missing,
  };
}

describe('branches of a Choice', () => {
  const definition = {
    StartAt: 'Route',
    States: {
      Route: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.n', NumericEquals: 1, Next: 'One' },
          { Variable: '$.n', NumericEquals: 2, Next: 'Few' },
          { Variable: '$.n', NumericEquals: 3, Next: 'Few' },
        ],
        Default: 'Many',
      },
      One: { Type: 'Pass', Next: 'Few' },
      Few: end,
      Many: end,
    },
  };

  test('are entered by the state that the Choice led to, not by a state that was reached otherwise', async () => {
    const { branches, states } = await missing(definition, { inputs: [{ n: 1 }] });
    expect(branches).toEqual(['StateMachine: Route → Few (Choices[1], Choices[2])', 'StateMachine: Route → Many (Default)']);
    expect(states).toEqual(['StateMachine: Many']);
  });

  test('are one where they lead to the same state', async () => {
    expect((await missing(definition, { inputs: [{ n: 1 }, { n: 3 }, { n: 4 }] })).branches).toEqual([]);
  });
});

describe('retriers and catchers of a Task', () => {
  const definition = {
    StartAt: 'Work',
    States: {
      Work: task({
        Retry: [
          { ErrorEquals: ['Busy'], MaxAttempts: 1 },
          { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 },
        ],
        Catch: [
          { ErrorEquals: ['Declined', 'Busy'], Next: 'Done' },
          { ErrorEquals: ['States.ALL'], Next: 'Done' },
        ],
        Next: 'Done',
      }),
      Done: end,
    },
  };
  const RETRIERS = ['StateMachine: Work: Retry[0] of Busy', 'StateMachine: Work: Retry[1] of States.TaskFailed'];
  const CATCHERS = ['StateMachine: Work: Catch[0] of Declined, Busy', 'StateMachine: Work: Catch[1] of States.ALL'];

  test('are all missing where nothing fails', async () => {
    expect(await missing(definition)).toMatchObject({ states: [], retriers: RETRIERS, catchers: CATCHERS });
  });

  test('are told apart by the error, also where all lead to the same state', async () => {
    expect(await missing(definition, { errors: { Work: ['Busy'] } })).toMatchObject({
      retriers: [RETRIERS[1]],
      catchers: CATCHERS,
    });
    expect(await missing(definition, { errors: { Work: ['Busy', 'Busy'] } })).toMatchObject({
      retriers: [RETRIERS[1]],
      catchers: [CATCHERS[1]],
    });
    expect(await missing(definition, { errors: { Work: ['Other', 'Other'] } })).toMatchObject({
      retriers: [RETRIERS[0]],
      catchers: [CATCHERS[0]],
    });
  });

  test.each([
    ['TimeoutSeconds', 'States.HeartbeatTimeout', 'States.Timeout'],
    ['HeartbeatSeconds', 'States.Timeout', 'States.HeartbeatTimeout'],
  ])('tell the end of %s from the other', async (field, other, name) => {
    const app = loadDefinition({
      StartAt: 'Ask',
      States: {
        Ask: task({
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } },
          ...{ TimeoutSeconds: 20, [field]: 10 },
          Catch: [
            { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Done' },
            { ErrorEquals: ['States.Timeout'], Next: 'Done' },
          ],
          End: true,
        }),
        Done: end,
      },
    });
    app.machine().task('Ask').hangs();
    await app.machine().run();
    const { missing: left } = coverage(app).catchers;
    expect(left).toEqual([expect.stringContaining(other)]);
    expect(left).not.toEqual([expect.stringContaining(name)]);
  });
});

describe('retriers and catchers of a Parallel or Map', () => {
  const inner = (states: object) => ({ StartAt: Object.keys(states)[0], States: states });
  const handled = {
    Retry: [
      { ErrorEquals: ['Slow'], MaxAttempts: 1 },
      { ErrorEquals: ['Boom'], MaxAttempts: 1 },
    ],
    Catch: [
      { ErrorEquals: ['Slow'], Next: 'Done' },
      { ErrorEquals: ['Boom'], Next: 'Done' },
    ],
  };
  const around = (block: object) => ({ StartAt: 'Block', States: { Block: { ...block, ...handled, Next: 'Done' }, Done: end } });
  const ONLY_BOOM = {
    retriers: ['StateMachine: Block: Retry[0] of Slow'],
    catchers: ['StateMachine: Block: Catch[0] of Slow'],
  };

  test('are entered by the error of a task inside', async () => {
    const branches = [inner({ Work: task({ End: true }) }), inner({ Rest: { Type: 'Wait', Seconds: 9, End: true } })];
    const errors = { Work: ['Boom', 'Boom'] };
    expect(await missing(around({ Type: 'Parallel', Branches: branches }), { errors })).toEqual({
      states: [],
      branches: [],
      ...ONLY_BOOM,
    });
  });

  test('are entered by the error of a Fail state inside a Parallel inside', async () => {
    const fails = { Type: 'Parallel', Branches: [inner({ Stop: { Type: 'Fail', Error: 'Boom' } })], End: true };
    const found = await missing(around({ Type: 'Parallel', Branches: [inner({ Inner: fails })] }));
    expect(found).toMatchObject(ONLY_BOOM);
  });

  test('are entered by the error of an iteration', async () => {
    const map = { Type: 'Map', ItemsPath: '$.items', ItemProcessor: inner({ Work: task({ End: true }) }) };
    const errors = { Work: ['Boom', 'Boom'] };
    expect(await missing(around(map), { inputs: [{ items: [1] }], errors })).toMatchObject(ONLY_BOOM);
  });

  test('are not entered by an error that was caught inside', async () => {
    const work = task({ Catch: [{ ErrorEquals: ['Boom'], Next: 'Mend' }], End: true });
    const block = { Type: 'Parallel', Branches: [inner({ Work: work, Mend: { Type: 'Pass', End: true } })] };
    const found = await missing(around(block), { errors: { Work: ['Boom'] } });
    expect(found.retriers).toHaveLength(2);
    expect(found.catchers).toEqual([expect.stringContaining('Catch[0] of Slow'), expect.stringContaining('Block: Catch[1]')]);
  });
});

test('an expression that fails enters the catcher that takes it', async () => {
  const definition = {
    StartAt: 'Work',
    QueryLanguage: 'JSONata',
    States: {
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'work', Payload: '{% $states.input.missing %}' },
        Catch: [
          { ErrorEquals: ['Declined'], Next: 'Done' },
          { ErrorEquals: ['States.QueryEvaluationError'], Next: 'Done' },
        ],
        Next: 'Done',
      },
      Done: end,
    },
  };
  expect((await missing(definition)).catchers).toEqual([expect.stringContaining('Declined')]);
});

test('states inside a distributed Map are entered by its child executions', async () => {
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Route',
    States: {
      Route: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 1, Next: 'Work' }], Default: 'Skip' },
      Work: task({ Retry: [{ ErrorEquals: ['Busy'] }], End: true }),
      Skip: { Type: 'Pass', End: true },
    },
  };
  const definition = { StartAt: 'All', States: { All: { Type: 'Map', ItemProcessor: processor, End: true } } };
  expect(await missing(definition, { inputs: [[1, 1]], errors: { Work: ['Busy'] } })).toEqual({
    states: ['StateMachine: Skip'],
    branches: ['StateMachine: Route → Skip (Default)'],
    retriers: [],
    catchers: [],
  });
});
