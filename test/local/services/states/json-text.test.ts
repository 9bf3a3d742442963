import * as fc from 'fast-check';
import { findFault } from '../../../../local/services/states/json-fault';
import { JsonTextError, parseJsonText } from '../../../../local/services/states/json-text';

test('reads whatever JSON there is', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      expect(parseJsonText(text)).toEqual(JSON.parse(text));
      expect(findFault(text)).toBeUndefined();
    }),
  );
});

test('finds a fault, or leaves it to JSON.parse, in any text', () => {
  const edits = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(edits, ([json, at, inserted]) => {
      const place = at % (json.length + 1);
      const text = json.slice(0, place) + inserted + json.slice(place);
      try {
        expect(parseJsonText(text)).toEqual(JSON.parse(text));
      } catch (error) {
        expect(error).toBeInstanceOf(JsonTextError);
        expect(() => JSON.parse(text)).toThrow();
      }
    }),
  );
});

test.each([
  ['nope', "Unrecognized token 'nope': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"],
  ["{'a':1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"],
  ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value"],
  ['{"a":1 "b":2}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries"],
  ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"],
  [
    '[1,]',
    "Unexpected character (']' (code 93)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
  ],
  ['{"a":1', 'Unexpected end-of-input: expected close marker for Object'],
  ['"abc', 'Unexpected end-of-input: was expecting closing quote for a string value'],
  [
    '"a\nb"',
    'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
  ],
  ['"\\x"', "Unrecognized character escape 'x' (code 120)"],
])('says of %p what is wrong', (text, message) => {
  expect(() => parseJsonText(text)).toThrow(new JsonTextError(message));
});

test('goes down a thousand levels and no further, brackets in strings aside', () => {
  expect(() => parseJsonText('['.repeat(1000) + ']'.repeat(1000))).not.toThrow();
  expect(() => parseJsonText('['.repeat(1001) + ']'.repeat(1001))).toThrow(/nesting depth \(1001\)/);
  expect(parseJsonText(JSON.stringify('["\\'.repeat(2000)))).toBe('["\\'.repeat(2000));
});
