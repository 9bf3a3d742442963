import jsonata from 'jsonata';
import { toJson } from '../../../../local/engine/jsonata/to-json';

const input = JSON.parse('{"list":[{"n":1},{"n":2}],"__proto__":{"a":1}}');

test('what bears no mark of JSONata is shared', async () => {
  expect(toJson(await jsonata('$x').evaluate(undefined, { x: input }))).toBe(input);
});

test.each([
  '$x.list.n',
  '{"all": $x.list.n}',
  '[$x.list.n]',
  '$x.list.{"n": [n]}',
  '$map($x.list, function($v) { [$v.n, $v.n] })',
])('%s is a plain value', async (text) => {
  const json = toJson(await jsonata(text).evaluate(undefined, { x: input }));
  const marks = (value: unknown): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : [
          ...(Array.isArray(value) ? Object.getOwnPropertyNames(value).filter((key) => !/^(\d+|length)$/.test(key)) : []),
          ...Object.values(value).flatMap(marks),
        ];
  expect(marks(json)).toEqual([]);
  expect(json).toEqual(JSON.parse(JSON.stringify(json)));
});

test('a key __proto__ is kept where a value is copied', () => {
  const marked = Object.assign([1], { sequence: true });
  const value = JSON.parse('{"__proto__":{"a":1}}');
  value.list = marked;
  const json = toJson(value) as { list: unknown };
  expect(Object.hasOwn(json, '__proto__')).toBe(true);
  expect(Object.keys(json.list as object)).toEqual(['0']);
  expect(marked).toHaveProperty('sequence');
});

test.each<[unknown]>([[() => 1], [{ a: () => 1 }], [Number.NaN], [undefined]])('%p is no JSON', (value) => {
  expect(toJson(value)).toBeUndefined();
});

test.each(['function($x) { $x }', '$sum', '$substring(?, 1)', '/a/', '{"f": function() { 1 }}', '$sum ~> $string'])(
  '%s is no JSON',
  async (text) => {
    expect(toJson(await jsonata(text).evaluate({ a: 1 }))).toBeUndefined();
  },
);

test('data that bears the mark of a function is data', async () => {
  const data = { _jsonata_lambda: true, _jsonata_function: null };
  expect(toJson(await jsonata('$x').evaluate(undefined, { x: data }))).toEqual(data);
});
