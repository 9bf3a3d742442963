import type { Json, TaskOutcome } from '../../../../local/engine';
import { run } from '../fixture';

const RESOURCE = 'arn:aws:states:::lambda:invoke';

/** Runs a task that fails so under these catchers, each leading to a state that names it. */
function failing(outcome: TaskOutcome, catchers: { [field: string]: Json }[], fields: { [field: string]: Json } = {}) {
  const States: { [name: string]: Json } = {
    It: {
      Type: 'Task',
      Resource: RESOURCE,
      Catch: catchers.map((each, i) => ({ Next: `Caught${i}`, ...each })),
      End: true,
      ...fields,
    },
  };
  for (const i of catchers.keys()) States[`Caught${i}`] = { Type: 'Pass', End: true };
  return run({ StartAt: 'It', States }, { a: 1 }, { task: () => outcome });
}

function caughtBy({ events }: { events: readonly { type: string; details: { name?: string } }[] }): string | undefined {
  return events.find(({ type }) => type === 'PassStateEntered')?.details.name;
}

describe('Catch', () => {
  test.each<[string, string[][], string | undefined]>([
    ['Odd', [['Even'], ['Odd']], 'Caught1'],
    ['Odd', [['States.TaskFailed']], 'Caught0'],
    ['Odd', [['States.ALL']], 'Caught0'],
    ['Odd', [['Even', 'Odd'], ['States.ALL']], 'Caught0'],
    ['States.Timeout', [['States.TaskFailed'], ['States.ALL']], 'Caught1'],
    ['States.Timeout', [['States.HeartbeatTimeout']], undefined],
    ['States.DataLimitExceeded', [['States.ALL']], 'Caught0'],
    ['States.Custom', [['States.Custom']], 'Caught0'],
    ['Odd', [['Odder']], undefined],
  ])('of %s by %p leads to %p', async (error, names, to) => {
    const ran = await failing(
      { error, cause: 'so' },
      names.map((ErrorEquals) => ({ ErrorEquals })),
    );
    expect(caughtBy(ran)).toBe(to);
  });

  test('puts the error in place of the input, or where ResultPath says', async () => {
    const ErrorEquals = ['States.ALL'];
    expect((await failing({ error: 'Odd', cause: 'so' }, [{ ErrorEquals }])).output).toEqual({ Error: 'Odd', Cause: 'so' });
    expect((await failing({ error: 'Odd', cause: 'so' }, [{ ErrorEquals, ResultPath: '$.e' }])).output).toEqual({
      a: 1,
      e: { Error: 'Odd', Cause: 'so' },
    });
    expect((await failing({ error: 'Odd' }, [{ ErrorEquals, ResultPath: null }])).output).toEqual({ a: 1 });
  });

  test('shows null for a name and a cause that nobody gave', async () => {
    expect((await failing({}, [{ ErrorEquals: ['States.ALL'] }])).output).toEqual({ Error: null, Cause: null });
  });

  test('is not touched by the OutputPath of the state', async () => {
    expect((await failing({ error: 'Odd' }, [{ ErrorEquals: ['Odd'] }], { OutputPath: null })).output).toEqual({
      Error: 'Odd',
      Cause: null,
    });
  });

  test('in JSONata puts out and assigns what it evaluates to', async () => {
    const catcher = {
      ErrorEquals: ['Odd'],
      Output: '{% $states.errorOutput.Error & $states.input.a %}',
      Assign: { e: '{% $states.errorOutput.Cause %}' },
    };
    const ran = await failing({ error: 'Odd', cause: 'so' }, [catcher], { QueryLanguage: 'JSONata' });
    expect(ran.output).toBe('Odd1');
    expect(ran.events.find(({ type }) => type === 'TaskStateExited')?.details.assignedVariables).toEqual({ e: 'so' });
  });

  test('does not catch States.Runtime, by that name or by States.ALL', async () => {
    const ran = await failing({ output: {} }, [{ ErrorEquals: ['States.Runtime'] }, { ErrorEquals: ['States.ALL'] }], {
      OutputPath: '$.no.such',
    });
    expect(ran).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining("Missing property in path $['no']"),
    });
  });

  test('takes over only once Retry has given up', async () => {
    const ran = await failing({ error: 'Odd' }, [{ ErrorEquals: ['Odd'] }], {
      Retry: [{ ErrorEquals: ['Odd'], MaxAttempts: 2 }],
    });
    expect([caughtBy(ran), ran.seconds]).toEqual(['Caught0', 3]);
  });
});
