import fc from 'fast-check';
import jsonata from 'jsonata';
import type { Json } from '../../../../local/engine';
import { compileShortcut } from '../../../../local/engine/jsonata/shortcut';
import { toJson } from '../../../../local/engine/jsonata/to-json';
import { host } from '../fixture';

const name = fc.constantFrom('a', 'b', 'input', 'result', '__proto__', 'constructor', '_jsonata_lambda');
const scalar: fc.Arbitrary<Json> = fc.constantFrom<Json>(null, true, false, 0, 1, -1.5, '', 'a', 'b');
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    scalar,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('json')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as Json),
  ),
}));

const literal = fc.constantFrom('1', '0', '-1.5', '"a"', '""', 'true', 'false', 'null');
const path = fc
  .tuple(fc.constantFrom('$states.input', '$states.context', '$v', '$unknown', '$sum'), fc.array(name, { maxLength: 3 }))
  .map(([root, names]) => [root, ...names.map((each) => `\`${each}\``)].join('.'));
const comparison = fc
  .tuple(path, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.oneof(literal, path))
  .map((parts) => parts.join(' '));
const conjunction = fc
  .tuple(fc.oneof(comparison, path), fc.constantFrom('and', 'or'), fc.oneof(comparison, path))
  .map((parts) => parts.join(' '));
const expression = fc.oneof(literal, path, comparison, conjunction);

function shortcut(text: string, input: Json, context: Json, v: Json): Json | undefined {
  const compiled = compileShortcut(jsonata(text).ast());
  return compiled?.({ input }, { host: host(), context: context as { [key: string]: Json }, variables: { v } });
}

test('where the shortcut knows the value, it is the one that JSONata gives', async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(expression, json, json, json, async (text, input, context, v) => {
      const value = shortcut(text, input, context, v);
      if (value === undefined) return;
      known++;
      const expected = await jsonata(text).evaluate(undefined, { states: { input, context }, v });
      expect(value).toEqual(toJson(expected));
    }),
    { numRuns: 3000 },
  );
  expect(known).toBeGreaterThan(500);
});

test.each([
  '$states.input.a[0]',
  '$states.input.a[]',
  '$states.input.a^(b)',
  '$states.input.a{b: c}',
  '$states.input.(a)',
  '$states.input.*',
  '$states.input.a#$i',
  '$states.input.a@$x',
  '$states',
  '$',
  '$$',
  'a.b',
  '$count($states.input.a)',
  '$states.input.a & "x"',
  '$states.input.a in [1]',
  '$states.input.a ? 1 : 2',
  '[$states.input.a]',
])('%s is left to JSONata', (text) => {
  expect(shortcut(text, { a: { b: 1 } }, {}, null)).toBeUndefined();
});

test.each<[string, Json]>([
  ['$states.input.list.a', { list: [{ a: 1 }] }],
  ['$states.input.none', {}],
  ['$states.input.a < 1', { a: 'text' }],
  ['$states.input.a = $states.input.a', { a: [1] }],
])('of %s JSONata is asked where it is about %p', (text, input) => {
  expect(shortcut(text, input, {}, null)).toBeUndefined();
});
