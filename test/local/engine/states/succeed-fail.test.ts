import { problemsOf, runState, single } from '../fixture';

describe('a Succeed state', () => {
  test('ends the execution with what OutputPath or Output leaves of the input', async () => {
    expect(await runState({ Type: 'Succeed', OutputPath: '$.a' }, { a: 1 })).toMatchObject({ status: 'SUCCEEDED', output: 1 });
    const jsonata = { Type: 'Succeed', QueryLanguage: 'JSONata', Output: '{% $states.input.a + 1 %}' };
    expect((await runState(jsonata, { a: 1 })).output).toBe(2);
  });

  test('cannot assign, nor lead on', () => {
    expect(problemsOf(single({ Type: 'Succeed', Assign: { a: 1 }, Next: 'It' })).map(({ location }) => location)).toEqual([
      '/States/It/Assign',
      '/States/It/Next',
    ]);
  });
});

describe('a Fail state', () => {
  test('fails by name and cause, as given or as found', async () => {
    expect(await runState({ Type: 'Fail', Error: 'Late', Cause: 'too late' })).toMatchObject({
      status: 'FAILED',
      error: 'Late',
      cause: 'too late',
    });
    const paths = { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('because {}', $.c)" };
    expect(await runState(paths, { e: 'Odd', c: 'of it' })).toMatchObject({ error: 'Odd', cause: 'because of it' });
    const jsonata = { Type: 'Fail', QueryLanguage: 'JSONata', Error: '{% $states.input.e %}', Cause: 'fixed' };
    expect(await runState(jsonata, { e: 'Odd' })).toMatchObject({ error: 'Odd', cause: 'fixed' });
  });

  test('without a name fails without one', async () => {
    const { status, events, ...rest } = await runState({ Type: 'Fail' });
    expect(status).toBe('FAILED');
    expect(rest).not.toHaveProperty('error');
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionFailed', details: {} });
  });

  test('names the field whose path leads nowhere', async () => {
    const { cause } = await runState({ Type: 'Fail', ErrorPath: '$.e' }, { a: 1 });
    expect(cause).toContain(`The JSONPath '$.e' specified for the field 'ErrorPath' could not be found in the input '{"a":1}'`);
  });

  test('is not left: no event says so', async () => {
    expect((await runState({ Type: 'Fail' })).types).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
  });
});
