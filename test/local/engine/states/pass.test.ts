import { runState } from '../fixture';

describe('a Pass state in JSONPath', () => {
  test('passes its input on', async () => {
    expect((await runState({ Type: 'Pass' }, { a: 1 })).output).toEqual({ a: 1 });
  });

  test('puts out its Result', async () => {
    expect((await runState({ Type: 'Pass', Result: [1, 2] }, { a: 1 })).output).toEqual([1, 2]);
  });

  test('works on what InputPath selects, and puts the result where ResultPath says in the whole input', async () => {
    const state = {
      Type: 'Pass',
      InputPath: '$.order',
      Parameters: { 'id.$': '$.id', kind: 'x' },
      ResultPath: '$.summary.short',
    };
    const { output } = await runState(state, { order: { id: 7 }, summary: { long: true } });
    expect(output).toEqual({ order: { id: 7 }, summary: { long: true, short: { id: 7, kind: 'x' } } });
  });

  test('takes null for InputPath and OutputPath for the empty object, and for ResultPath for the input', async () => {
    expect((await runState({ Type: 'Pass', InputPath: null }, { a: 1 })).output).toEqual({});
    expect((await runState({ Type: 'Pass', OutputPath: null }, { a: 1 })).output).toEqual({});
    expect((await runState({ Type: 'Pass', Result: 1, ResultPath: null }, { a: 1 })).output).toEqual({ a: 1 });
  });

  test('leaves the input of earlier states as it was', async () => {
    const input = { a: { b: 1 } };
    await runState({ Type: 'Pass', Result: 2, ResultPath: '$.a.b' }, input);
    expect(input).toEqual({ a: { b: 1 } });
  });

  test('assigns from the result, while OutputPath still sees the variables from before', async () => {
    const { output, events } = await runState({ Type: 'Pass', Result: { x: 1 }, Assign: { 'y.$': '$.x' } }, {});
    expect(output).toEqual({ x: 1 });
    expect(events.find(({ type }) => type === 'PassStateExited')?.details.assignedVariables).toEqual({ y: 1 });
  });

  test('fails beyond catching where a field cannot be found', async () => {
    const { status, error, cause } = await runState({ Type: 'Pass', Parameters: { 'a.$': '$.missing' } }, { b: 1 });
    expect([status, error]).toEqual(['FAILED', 'States.Runtime']);
    expect(cause).toBe(
      `An error occurred while executing the state 'It' (entered at the event id #2). The JSONPath '$.missing' specified for the field 'a.$' could not be found in the input '{"b":1}'`,
    );
  });
});

describe('a Pass state in JSONata', () => {
  test('puts out what Output evaluates to, from the input, the context and literals', async () => {
    const Output = {
      sum: '{% $sum($states.input.n) %}',
      me: '{% $states.context.State.Name %}',
      text: 'as is',
      list: ['{% 1 + 1 %}'],
    };
    expect((await runState({ Type: 'Pass', QueryLanguage: 'JSONata', Output }, { n: [1, 2] })).output).toEqual({
      sum: 3,
      me: 'It',
      text: 'as is',
      list: [2],
    });
  });

  test('records why an expression failed, and where', async () => {
    const { error, cause, events } = await runState({ Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: '{% $nowhere %}' } });
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain("The JSONata expression '$nowhere' specified for the field 'Output/a' returned nothing (undefined).");
    expect(events.find(({ type }) => type === 'EvaluationFailed')?.details).toMatchObject({
      location: 'Output/a',
      state: 'It',
      error,
    });
  });
});
