import fc from 'fast-check';
import { wildcard } from '../../../../local/engine/choice/wildcard';

// https://states-language.net/#choice-state: StringMatches
test.each<[string, string, boolean]>([
  ['log-*.txt', 'log-1.txt', true],
  ['log-*.txt', 'log-.txt', true],
  ['log-*.txt', 'log-1.txt.gz', false],
  ['*', '', true],
  ['a*a', 'a', false],
  ['*a*b*', 'xbxaxb', true],
  ['a\\*c', 'a*c', true],
  ['a\\*c', 'abc', false],
  ['a\\\\*', 'a\\bc', true],
])('%s against %s is %p', (pattern, text, expected) => {
  expect(wildcard(pattern)(text)).toBe(expected);
});

test('it matches what the regular expression of the pattern matches', () => {
  const pieces = fc.array(fc.constantFrom('a', 'b', 'ab', '*', '**'), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 }), (parts, text) => {
      const pattern = parts.join('');
      expect(wildcard(pattern)(text)).toBe(new RegExp(`^${pattern.replace(/\*/g, '[\\s\\S]*')}$`).test(text));
    }),
    { numRuns: 1000 },
  );
});

test('many wildcards against a long text that does not match take no time', () => {
  const started = performance.now();
  expect(wildcard(`${'*a'.repeat(50)}*b*c`)('a'.repeat(200_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
