import fc from 'fast-check';
import { BoundedMatch, TooManySteps } from '../../../../local/engine/patterns/bounded-match';
import { BoundedRegExp } from '../../../../local/engine/patterns/bounded-regexp';
import { parsePattern } from '../../../../local/engine/patterns/parse-pattern';
import { growth } from '../../../../local/engine/patterns/pattern';

function growthOf(source: string): number {
  return growth(parsePattern(source, '').pattern);
}

test.each<[string, number]>([
  ['abc', 1],
  ['^[a-z]+$', 2],
  ['\\d{4}-\\d{2}', 1],
  ['\\s*,\\s*', 3],
  ['(a+)+$', Number.POSITIVE_INFINITY],
  ['(a|a)*b', Number.POSITIVE_INFINITY],
  ['(\\w+\\s?)*$', Number.POSITIVE_INFINITY],
  ['((a{1,20}){1,20})x', Number.POSITIVE_INFINITY],
])('%s grows by the power %d', (source, power) => {
  expect(growthOf(source)).toBe(power);
});

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '\\b', '^', '$', '(?=a)', '(?!b)', '\\x61', '-');
const quantifier = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{1,}', '*?', '+?', '??');
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(atom, quantifier).map(([source, times]) => (/^([\^$]|\\b|\(\?)/.test(source) ? source : source + times)),
    fc.tuple(tie('pattern'), quantifier).map(([source, times]) => `(${source})${times}`),
    fc.tuple(tie('pattern'), tie('pattern'), quantifier).map(([one, other, times]) => `(?:${one}|${other})${times}`),
    fc.tuple(tie('pattern')).map(([source]) => `(${source})\\1`.replace(/\\1/, '')),
  ),
}));

const GIVEN_UP = 'given up';

/** Some patterns double their work with each character of so short a text, too. */
function unlessGivenUp<T>(match: () => T): T | typeof GIVEN_UP {
  try {
    return match();
  } catch (error) {
    if (error instanceof TooManySteps) return GIVEN_UP;
    throw error;
  }
}

test('the matcher that counts its steps matches what the built-in one does', () => {
  fc.assert(
    fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', '-', '\n'), maxLength: 8 }), (source, text) => {
      const native = new RegExp(source, 'y');
      const own = parsePattern(source, '').pattern;
      for (let from = 0; from <= text.length; from++) {
        native.lastIndex = from;
        const expected = native.exec(text);
        const match = new BoundedMatch(text);
        const end = unlessGivenUp(() => match.at(own, from));
        if (end === GIVEN_UP) return;
        expect(end === undefined ? undefined : text.slice(from, end)).toBe(expected?.[0]);
        if (expected === null) continue;
        const groups = expected
          .slice(1)
          .map((_, i) => match.captures[i + 1])
          .map((range) => range && text.slice(...range));
        expect(groups).toEqual(expected.slice(1));
      }
    }),
    { numRuns: 500 },
  );
});

test('a pattern that doubles its work with each character is given up', () => {
  const started = performance.now();
  expect(() => new BoundedRegExp(/(a+)+$/g).exec(`${'a'.repeat(60)}!`)).toThrow(TooManySteps);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('a pattern whose work grows with the square of a long text is given up, and a simple one is not', () => {
  const text = ' '.repeat(200_000);
  expect(() => new BoundedRegExp(/\s+$/g).exec(`${text}x`)).toThrow(TooManySteps);
  expect(new BoundedRegExp(/x$/g).exec(`${text}x`)?.index).toBe(200_000);
});

test('rounds that nest too deeply for the stack are given up', () => {
  expect(() => new BoundedRegExp(/(ab)*c/g).exec('ab'.repeat(100_000))).toThrow(TooManySteps);
});

test('a search goes on from the last match', () => {
  const text = `${'word '.repeat(3)}end`;
  const [own, native] = [new BoundedRegExp(/(\w+\s?)+?/g), /(\w+\s?)+?/g];
  for (;;) {
    const [found, expected] = [own.exec(text), native.exec(text)];
    expect(found && [...found, found.index]).toEqual(expected && [...expected, expected.index]);
    expect(own.lastIndex).toBe(native.lastIndex);
    if (expected === null) break;
  }
});

test.each(['(?<=a)b', '(?<n>a)\\k<n>', '(a)\\2'])('%s is left to the built-in matcher', (source) => {
  expect(new BoundedRegExp(new RegExp(source)).exec('ab')?.[0]).toBe(new RegExp(source).exec('ab')?.[0]);
});
