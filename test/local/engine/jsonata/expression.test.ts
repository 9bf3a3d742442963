import type { Json } from '../../../../local/engine';
import { compileExpression } from '../../../../local/engine/jsonata/expression';
import { host, START } from '../fixture';

const scope = { host: host({ random: () => 0.25 }), context: { State: { Name: 'It' } }, variables: { v: { a: 1 } } };

async function evaluate(
  text: string,
  states: { [name: string]: Json } = {},
  bounds?: { timeout: number; stack: number; sequence: number },
): Promise<Json> {
  return compileExpression(`{% ${text} %}`, 'Output', bounds).evaluate(states, scope);
}

describe('an expression', () => {
  test.each<[string, Json]>([
    ['$states.input.n + 1', 3],
    ['$states.context.State.Name', 'It'],
    ['$v.a', 1],
    ['[1..3]', [1, 2, 3]],
    ['$states.input.list[x = 1]', { x: 1 }],
    ['[$states.input.list[x = 1]]', [{ x: 1 }]],
    ['null', null],
    ['$partition([1,2,3], 2)', [[1, 2], [3]]],
    ['$partition([1,2,3], 5)', [[1, 2, 3]]],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(1, 9, 9)', 1],
    ["$hash('input data', 'MD5')", '812f45842bc6d66ee14572ce20db8e86'],
    ['$random()', 0.25],
    ['$random(7) = $random(7)', true],
    ['$uuid()', '01234567-89ab-4cde-8f01-23456789abcd'],
    ['$parse(\'{"a":[1]}\')', { a: [1] }],
    ['$millis()', START],
    ['$now()', '2026-01-01T00:00:00.000Z'],
    ["$now('[Y0001]-[M01]-[D01]')", '2026-01-01'],
    ['$shuffle([1,2,3,4]) ~> $sort()', [1, 2, 3, 4]],
    ['($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(20))', 2432902008176640000],
  ])('%s gives %p', async (text, value) => {
    expect(await evaluate(text, { input: { n: 2, list: [{ x: 1 }, { x: 2 }] } })).toEqual(value);
  });

  test.each([
    ['$nowhere', 'returned nothing (undefined).'],
    ['function($x) { $x }', 'returned an unsupported result type.'],
    ['{"f": $sum}', 'returned an unsupported result type.'],
    ["'a' + 1", 'threw an error during evaluation. T2001'],
    ["$eval('1')", 'threw an error during evaluation. T1006'],
    ["$parse('{')", 'threw an error during evaluation.'],
  ])('%s fails, naming the field', async (text, reason) => {
    await expect(evaluate(text)).rejects.toMatchObject({
      errorName: 'States.QueryEvaluationError',
      location: 'Output',
      message: expect.stringContaining(`The JSONata expression '${text}' specified for the field 'Output' ${reason}`),
    });
  });

  test('gives plain values, which carry no mark of JSONata', async () => {
    const value = (await evaluate('$states.input.a', { input: { a: [1, 2] } })) as Json[];
    expect(Object.getOwnPropertyNames(value)).toEqual(['0', '1', 'length']);
  });

  test('that recurses without end fails', async () => {
    await expect(evaluate('($f := function($x) { 1 + $f($x) }; $f(0))')).rejects.toMatchObject({
      errorName: 'States.QueryEvaluationError',
    });
  });

  test('that never ends fails when its time is over', async () => {
    const soon = { timeout: 20, stack: 1000, sequence: 1000 };
    await expect(evaluate('($f := function($x) { $f($x + 1) }; $f(0))', {}, soon)).rejects.toMatchObject({
      errorName: 'States.QueryEvaluationError',
    });
  });

  test('does not let one evaluation see what another assigned', async () => {
    expect(await evaluate('($x := 1; $x)')).toBe(1);
    await expect(evaluate('$x')).rejects.toThrow('returned nothing');
  });
});
