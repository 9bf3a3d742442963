import type { Json } from '../../../../local/engine';
import { problemsOf, run, single } from '../fixture';

/** Where a rule leads. */
async function choose(rule: { [field: string]: Json }, input: Json): Promise<Json | undefined> {
  const { output } = await run(
    {
      StartAt: 'It',
      States: {
        It: { Type: 'Choice', Choices: [{ ...rule, Next: 'Matched' }], Default: 'Other' },
        Matched: { Type: 'Pass', Result: true, End: true },
        Other: { Type: 'Pass', Result: false, End: true },
      },
    },
    input,
  );
  return output;
}

const v = (value: Json): Json => ({ v: value });
const rule = (operator: string, expected: Json) => ({ Variable: '$.v', [operator]: expected });

describe('a comparison', () => {
  test.each<[string, Json, Json, boolean]>([
    ['NumericEquals', 1, 1.0, true],
    ['NumericEquals', 1, '1', false],
    ['NumericLessThan', 2, 1, true],
    ['NumericGreaterThanEquals', 2, 2, true],
    ['StringEquals', 'a', 'a', true],
    ['StringGreaterThan', 'A', 'AB', true],
    ['StringLessThanEquals', 'b', 'c', false],
    ['BooleanEquals', true, true, true],
    ['BooleanEquals', true, 'true', false],
    ['TimestampEquals', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', true],
    ['TimestampLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59.999Z', true],
    ['TimestampGreaterThan', '2026-01-01T00:00:00Z', 'tomorrow', false],
    ['StringMatches', 'log-*.txt', 'log-2026.txt', true],
    ['StringMatches', 'log-*.txt', 'log-2026xtxt', false],
    ['StringMatches', 'a\\*b', 'a*b', true],
    ['StringMatches', 'a\\*b', 'axb', false],
    ['StringMatches', '*\n*', 'two\nlines', true],
    ['IsNull', true, null, true],
    ['IsNull', false, null, false],
    ['IsString', true, '', true],
    ['IsNumeric', true, '1', false],
    ['IsBoolean', false, 0, true],
    ['IsTimestamp', true, '2026-01-01T00:00:00Z', true],
    ['IsTimestamp', true, '2026-01-01', false],
  ])('%s %p matches %p: %p', async (operator, expected, value, matches) => {
    expect(await choose(rule(operator, expected), v(value))).toBe(matches);
  });

  test.each([
    ['NumericLessThanPath', 1, 2, true],
    ['StringEqualsPath', 'a', 'a', true],
    ['BooleanEqualsPath', true, false, false],
    ['TimestampGreaterThanEqualsPath', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ])('%s takes the expected value from the input', async (operator, value, expected, matches) => {
    expect(await choose({ Variable: '$.v', [operator]: '$.w' }, { v: value, w: expected })).toBe(matches);
  });

  test('IsPresent tells a missing field from one that is null', async () => {
    expect(await choose(rule('IsPresent', true), v(null))).toBe(true);
    expect(await choose(rule('IsPresent', true), {})).toBe(false);
    expect(await choose(rule('IsPresent', false), {})).toBe(true);
  });

  test('a field named like a method of objects is not present', async () => {
    expect(await choose({ Variable: '$.toString', IsPresent: true }, {})).toBe(false);
  });

  test('of a missing field fails the execution', async () => {
    const definition = single({ Type: 'Choice', Choices: [{ Variable: '$.v', IsNull: true, Next: 'It' }] });
    const { error, cause } = await run(definition, {});
    expect(error).toBe('States.Runtime');
    expect(cause).toContain("Invalid path '$.v': The choice state's condition path references an invalid value.");
  });
});

describe('And, Or and Not', () => {
  test('combine comparisons, and stop at the first that decides', async () => {
    const present = { Variable: '$.v', IsPresent: true };
    const three = { Variable: '$.v', NumericEquals: 3 };
    expect(await choose({ And: [present, three] }, {})).toBe(false);
    expect(await choose({ And: [present, three] }, v(3))).toBe(true);
    expect(await choose({ Or: [{ Not: present }, three] }, {})).toBe(true);
    expect(await choose({ Not: { Or: [three, { Variable: '$.v', NumericEquals: 4 }] } }, v(4))).toBe(false);
  });
});

describe('a Choice state', () => {
  const jsonata = (choice: { [field: string]: Json }): Json => ({
    QueryLanguage: 'JSONata',
    StartAt: 'It',
    States: { It: { Type: 'Choice', ...choice }, End: { Type: 'Succeed' } },
  });

  test('takes the first rule whose Condition holds; its Output beats that of the state', async () => {
    const definition = jsonata({
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'End', Output: 'large' },
        { Condition: '{% $states.input.n > 1 %}', Next: 'End', Output: 'medium' },
      ],
      Default: 'End',
      Output: 'small',
    });
    expect((await run(definition, { n: 5 })).output).toBe('medium');
    expect((await run(definition, { n: 1 })).output).toBe('small');
  });

  test('fails where a Condition is not boolean', async () => {
    const { cause } = await run(jsonata({ Choices: [{ Condition: "{% 'yes' %}", Next: 'End' }] }), {});
    expect(cause).toContain(
      `The JSONata expression ''yes'' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes"`,
    );
  });

  test('fails beyond catching where no rule matches and there is no Default', async () => {
    const { status, error, cause } = await run(jsonata({ Choices: [{ Condition: '{% false %}', Next: 'End' }] }), {});
    expect([status, error]).toEqual(['FAILED', 'States.Runtime']);
    expect(cause).toContain('Failed to transition out of the state. The state does not point to a next state.');
  });

  test('assigns what the rule says, and what the state says only by Default', async () => {
    const definition = {
      StartAt: 'It',
      States: {
        It: {
          Type: 'Choice',
          Choices: [{ Variable: '$.a', IsPresent: true, Assign: { x: 'rule' }, Next: 'End' }],
          Default: 'End',
          Assign: { x: 'state' },
        },
        End: { Type: 'Pass', Parameters: { 'x.$': '$x' }, End: true },
      },
    };
    expect((await run(definition, { a: 1 })).output).toEqual({ x: 'rule' });
    expect((await run(definition, {})).output).toEqual({ x: 'state' });
  });

  test('is refused where a rule compares nothing, or with a value of another type', () => {
    const choice = (comparison: { [field: string]: Json }) =>
      problemsOf(single({ Type: 'Choice', Choices: [{ ...comparison, Next: 'It' }] })).map(
        ({ message, location }) => `${message} ${location}`,
      );
    expect(choice({ Variable: '$.v' })).toEqual([expect.stringContaining('Exactly one comparison operator is required')]);
    expect(choice({ Variable: '$.v', NumericEquals: '1' })).toEqual([
      expect.stringContaining('/States/It/Choices[0]/NumericEquals'),
    ]);
    expect(choice({ Variable: '$.v', constructor: 1, IsNull: true })).toEqual([
      'Field is not supported /States/It/Choices[0]/constructor',
    ]);
  });
});
