import fc from 'fast-check';
import type { Json } from '../../../../local/engine';
import { compilePath } from '../../../../local/engine/jsonpath/path';
import { NO_VARIABLES } from '../../../../local/engine/scope';
import { host } from '../fixture';

const scope = {
  host: host(),
  context: { Execution: { Name: 'first' } },
  variables: { ...NO_VARIABLES, list: [{ a: 1 }], größe: 2 },
};
const read = (path: string, data: Json = null) => compilePath(path).read(data, scope);

const STORE: Json = {
  books: [
    { title: 'A', price: 8, tags: ['x', 'y'], isbn: '1' },
    { title: 'B', price: 12, tags: [] },
    { title: "C's", price: 20, tags: ['y'] },
  ],
  bike: { price: 5, 'the color': 'red' },
  limit: 10,
};

describe('a path', () => {
  test.each<[string, Json]>([
    ['$.limit', 10],
    ['$.bike.price', 5],
    ["$['bike']['the color']", 'red'],
    ['$["bike"]["price"]', 5],
    ['$.books[0].title', 'A'],
    ['$.books.[1].title', 'B'],
    ["$.bike['price','the color']", { price: 5, 'the color': 'red' }],
    ['$$.Execution.Name', 'first'],
    ['$list[0].a', 1],
    ['$größe', 2],
  ])('%s leads to one value', (path, value) => {
    expect(read(path, STORE)).toEqual(value);
  });

  test.each<[string, Json]>([
    ['$.books[*].title', ['A', 'B', "C's"]],
    ['$.books[0,2].price', [8, 20]],
    ['$.books[1:].price', [12, 20]],
    ['$.books[:2].price', [8, 12]],
    ['$.books[-1:].price', [20]],
    ['$.books[0:2].price', [8, 12]],
    ['$.bike.*', [5, 'red']],
    ['$..price', [8, 12, 20, 5]],
    ['$.books[0,9].title', []],
    ['$..tags[0]', []], // one of them is empty
    ['$.books[*].tags[0]', ['x', 'y']],
    ['$..[?(@.price > 10)].title', ['B', "C's"]],
    ['$.books[-2:-1]', []],
    ['$..*', expect.arrayContaining([10, 'red', 'x'])],
    ['$.nothing[*]', []],
    ['$[*]', Object.values(STORE as object)],
  ])('%s leads to any number of values', (path, values) => {
    expect(read(path, STORE)).toEqual(values);
  });

  test.each<[string, Json]>([
    ['[?(@.price < 10)]', ['A']],
    ['[?(@.price <= $.limit)]', ['A']],
    ["[?(@.title == 'B')]", ['B']],
    ['[?(@.title==B)]', ['B']],
    ['[?(@.isbn)]', ['A']],
    ['[?(!@.isbn)]', ['B', "C's"]],
    ["[?(@.price > 10 && @.title != 'B')]", ["C's"]],
    ['[?(@.price < 10 || (@.price > 15 && @.title =~ /c.*/i))]', ['A', "C's"]],
    ['[?(@.isbn != 2)]', ['A']],
    ['[?(@.price == "8")]', []],
    ['.[?(@.price > 15)]', ["C's"]],
  ])('with the filter %s keeps what it accepts', (filter, titles) => {
    expect(read(`$.books${filter}.title`, STORE)).toEqual(titles);
  });

  test.each([
    ['$.nothing', "No results for path: $['nothing']"],
    ['$.no.such', "Missing property in path $['no']"],
    ['$.limit.x', "Property ['x'] not found in path $['limit']"],
    ['$.books[9]', "Index out of bounds when evaluating path $['books'][9]"],
    ['$.books[-1]', "Index out of bounds when evaluating path $['books'][-1]"],
    ['$.bike[0]', 'Filter: [0] can only be applied to arrays. Current context is: {"price":5,"the color":"red"}'],
    ['$unknown', 'Variable $unknown is not assigned'],
  ])('%s leads nowhere, and says so as AWS does', (path, message) => {
    expect(() => read(path, STORE)).toThrow(message);
  });

  test.each(['', 'a', '$.', '$[', '$.a[', "$['a", '$.a]', '$.a b', '$.a[?(@.b]', '$.a[x]', '$states.input'])(
    '%p is none',
    (path) => {
      expect(() => compilePath(path)).toThrow();
    },
  );

  test('reads own keys alone, not what objects inherit', () => {
    expect(() => read('$.constructor', {})).toThrow('No results');
    expect(read('$.__proto__', JSON.parse('{"__proto__": 1}'))).toBe(1);
  });

  test('in brackets finds any key that has no quote in it', () => {
    const key = fc.string({ minLength: 1 }).filter((text) => !/['"]/.test(text));
    fc.assert(
      fc.property(key, fc.jsonValue(), (name, value) => expect(read(`$['${name}']`, { [name]: value as Json })).toEqual(value)),
    );
  });
});
