import fc from 'fast-check';
import type { Json } from '../../../../local/engine';
import { compileCall } from '../../../../local/engine/intrinsics/call';
import { FUNCTIONS } from '../../../../local/engine/intrinsics/functions';
import { host } from '../fixture';

const scope = { host: host({ random: () => 0.25 }), context: { Name: 'n' }, variables: { v: 'var' } };
const call = (text: string, data: Json = {}) => compileCall(text).evaluate(data, scope);

test('there are the 18 of the language', () => {
  expect(Object.keys(FUNCTIONS)).toHaveLength(18);
});

describe('an intrinsic function', () => {
  test.each<[string, Json]>([
    ["States.Array(1, 'a', null, true, $.x, $$.Name, $v)", [1, 'a', null, true, { y: 2 }, 'n', 'var']],
    ['States.Array()', []],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [3, 2], [1]]],
    ['States.ArrayContains($.list, 3)', true],
    ['States.ArrayContains(States.Array($.x), $.x)', true],
    ['States.ArrayRange(1, 9, 3)', [1, 4, 7]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.list, 2)', 3],
    ['States.ArrayLength($.list)', 5],
    ['States.ArrayUnique($.list)', [1, 2, 3]],
    ["States.Base64Encode('é')", 'w6k='],
    ["States.Base64Decode('w6k=')", 'é'],
    ["States.Hash('input data', 'MD5')", '812f45842bc6d66ee14572ce20db8e86'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.JsonMerge($.x, States.StringToJson(\'\\{"z":1\\}\'), false)', { y: 2, z: 1 }],
    ["States.StringToJson(' ')", null],
    ['States.JsonToString($.x)', '{"y":2}'],
    ['States.MathAdd(-1.5, 2.5)', 2],
    ['States.MathRandom(10, 20)', 12],
    ["States.StringSplit('a.b+c', '.+')", ['a', 'b', 'c']],
    ['States.UUID()', '01234567-89ab-4cde-8f01-23456789abcd'],
    ["States.Format('{} is {}, \\{\\} stays, it\\'s {}', 'a', $.x, $.list)", "a is {y=2}, {} stays, it's [1, 2, 3, 2, 1]"],
    ["States.Format('{}', States.Format('{}', null))", 'null'],
  ])('%s gives %p', (text, value) => {
    expect(call(text, { x: { y: 2 }, list: [1, 2, 3, 2, 1] })).toEqual(value);
  });

  test.each([
    ['States.ArrayGetItem(States.Array(1), 1)', 'The index 1 is outside of the array of 1 elements'],
    ['States.ArrayLength(1)', 'The first argument must be an array but was: 1'],
    ['States.ArrayPartition(States.Array(), 0)', 'The chunk size must be positive but was: 0'],
    ['States.ArrayRange(1, 2000, 1)', 'The range must not have more than 1000 elements but has: 2000'],
    ["States.Hash('a', 'MD4')", 'The algorithm must be one of'],
    ["States.StringToJson('nope')", 'nope'],
    ["States.Format('{}{}', 1)", 'more placeholders'],
    ["States.Format('', 1)", 'fewer placeholders'],
    ['States.JsonMerge(States.Array(), States.Array(), false)', 'The first argument must be an object'],
    ['States.MathAdd(2147483647, 1)', 'The sum must lie between'],
    ['States.MathRandom(5, 5)', 'The start 5 must be less than the end 5'],
  ])('%s fails, naming the call and why', (text, reason) => {
    expect(() => call(text)).toThrow(
      expect.objectContaining({ errorName: 'States.IntrinsicFailure', message: expect.stringContaining(reason) }),
    );
    expect(() => call(text)).toThrow(`The function '${text}' had the following error`);
  });

  test.each([
    'States.Nope()',
    'States.UUID(1)',
    'States.UUID(',
    "States.Format('a\\n')",
    'States.Array(a)',
    'States.UUID() x',
    'Format()',
  ])('%s is none', (text) => {
    expect(() => compileCall(text)).toThrow();
  });

  test('with a seed gives the same number each time, within the range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -1000, max: 0 }), fc.integer({ min: 1, max: 1000 }), (seed, from, to) => {
        const number = call(`States.MathRandom(${from}, ${to}, ${seed})`) as number;
        expect(call(`States.MathRandom(${from}, ${to}, ${seed})`)).toBe(number);
        expect(number).toBeGreaterThanOrEqual(from);
        expect(number).toBeLessThan(to);
      }),
    );
  });

  test('puts a partition back together to what was taken apart', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (list, size) => {
        expect((call(`States.ArrayPartition($, ${size})`, list) as number[][]).flat()).toEqual(list);
      }),
    );
  });
});
