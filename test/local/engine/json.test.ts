import fc from 'fast-check';
import type { Json } from '../../../local/engine';
import { deepEqual, exceedsBytes } from '../../../local/engine/json';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

test('a value exceeds a limit exactly where its JSON text has more bytes', () => {
  // lone surrogates are escaped by JSON.stringify; payloads come as UTF-8 and hold none
  const value = fc.jsonValue({ stringUnit: 'binary' }) as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(value, (each) => {
      const bytes = Buffer.byteLength(JSON.stringify(each));
      expect(exceedsBytes(each, bytes)).toBe(false);
      expect(exceedsBytes(each, bytes - 1)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('values are equal where they hold the same, in whatever order their keys come', () => {
  fc.assert(fc.property(json, (each) => expect(deepEqual(each, JSON.parse(JSON.stringify(each)))).toBe(true)));
  expect(deepEqual({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
  expect(deepEqual({ a: 1 }, { a: 1, b: null })).toBe(false);
  expect(deepEqual([1], { 0: 1 })).toBe(false);
  expect(deepEqual({ toString: 1 }, {})).toBe(false);
});
