import { coverage, loadDefinition } from '../../../../local/testing';

const refund = {
  StartAt: 'Route',
  States: {
    Route: { Type: 'Choice', Choices: [{ Variable: '$.total', NumericGreaterThan: 100, Next: 'Ask' }], Default: 'Pay' },
    Ask: { Type: 'Pass', Next: 'Pay' },
    Pay: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'pay' },
      Retry: [{ ErrorEquals: ['Busy'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
      End: true,
    },
    Failed: { Type: 'Fail' },
  },
};

/** The coverage of a load of its own for each input, as suites that load an app per test have it. */
async function after(...totals: number[]) {
  const apps = [loadDefinition(refund), ...totals.map(() => loadDefinition(refund))];
  for (const [i, total] of totals.entries()) {
    const machine = apps[i + 1]!.machine();
    machine.task('Pay').returns({});
    await machine.run({ total });
  }
  return coverage(...apps);
}

test('counts what any of the apps has entered', async () => {
  const counted = await after(5, 500);
  expect(counted.states).toEqual({ total: 4, entered: 3, percent: 75, missing: ['StateMachine: Failed'] });
  expect(counted.branches).toMatchObject({ total: 2, entered: 2, percent: 100 });
  expect(counted.retriers).toMatchObject({ total: 1, entered: 0, percent: 0 });
  expect(counted.catchers.missing).toEqual(['StateMachine: Pay: Catch[0] of States.ALL']);
});

test('where there is nothing to enter, all of it was', async () => {
  const nothing = coverage(loadDefinition({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }));
  expect(nothing.catchers).toEqual({ total: 0, entered: 0, percent: 100, missing: [] });
});

test('is a table, and a list of what is missing', async () => {
  expect(String(await after(5))).toBe(
    [
      '                          states        branches        retriers        catchers',
      'StateMachine            2/4  50%        1/2  50%        0/1   0%        0/1   0%',
      '',
      'states that no execution entered',
      '  - StateMachine: Ask',
      '  - StateMachine: Failed',
      '',
      'branches that no execution entered',
      '  - StateMachine: Route → Ask (Choices[0])',
      '',
      'retriers that no execution entered',
      '  - StateMachine: Pay: Retry[0] of Busy',
      '',
      'catchers that no execution entered',
      '  - StateMachine: Pay: Catch[0] of States.ALL',
    ].join('\n'),
  );
});

test('holds a suite to percentages, and lists what is missing of those it has not', async () => {
  const counted = await after(5);
  expect(counted.atLeast({ states: 50, branches: 50 })).toBe(counted);
  expect(() => counted.atLeast({ states: 51, branches: 50, catchers: 100 })).toThrow(
    [
      'too little was entered by the tests',
      'states: 2 of 4 entered (50%), needed 51%; missing',
      '  - StateMachine: Ask',
      '  - StateMachine: Failed',
      'catchers: 0 of 1 entered (0%), needed 100%; missing',
      '  - StateMachine: Pay: Catch[0] of States.ALL',
    ].join('\n'),
  );
});

test.each([-1, 101, Number.NaN])('refuses %d as a percentage', async (states) => {
  const counted = await after();
  expect(() => counted.atLeast({ states })).toThrow(`states must be a percentage from 0 to 100, got ${states}`);
});

test('counts an execution that was started before it ended', async () => {
  const app = loadDefinition({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 60, Next: 'B' }, B: { Type: 'Succeed' } } });
  const { done } = app.machine().start();
  expect(coverage(app).states.entered).toBe(0);
  await done;
  expect(coverage(app).states.entered).toBe(2);
});

test('refuses what the kit did not load', () => {
  expect(() => coverage({} as never)).toThrow('expected an app that was loaded by the test kit');
});
