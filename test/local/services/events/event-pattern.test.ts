import type { Json } from '../../../../local/engine/host';
import { compilePattern } from '../../../../local/services/events/pattern/event-pattern';

const matches = (pattern: Json, event: Json) => compilePattern(pattern)(event);

// what the EventBridge user guide's "Comparison operators for use in event patterns" shows, operator by operator
test.each<[string, Json, Json[], Json[]]>([
  ['a value', ['a'], ['a', ['b', 'a']], ['A', 'ab', null, ['b'], { a: 'a' }]],
  ['null', [null], [null], ['', 'null']],
  ['a number', [300], [300, 3e2], ['300', 301]],
  ['true', [true], [true], ['true', false]],
  ['prefix', [{ prefix: 'us-' }], ['us-east-1'], ['eu-us-1', 5]],
  ['prefix, ignoring case', [{ prefix: { 'equals-ignore-case': 'US-' } }], ['us-east-1', 'Us-x'], ['eu-us-']],
  ['suffix', [{ suffix: '.png' }], ['a.png'], ['a.PNG', '.png.jpg']],
  ['suffix, ignoring case', [{ suffix: { 'equals-ignore-case': '.PNG' } }], ['a.png'], ['a.jpg']],
  ['equals-ignore-case', [{ 'equals-ignore-case': 'ALICE' }], ['alice'], ['alicia']],
  ['wildcard', [{ wildcard: 'a*/c' }], ['a/c', 'abc/x/c'], ['b/c', 'a/cd']],
  ['anything-but a value', [{ 'anything-but': 'a' }], ['b', 5, ['a', 'b']], ['a', ['a']]],
  ['anything-but values', [{ 'anything-but': ['a', 1] }], ['b', 2], ['a', 1]],
  ['anything-but a prefix', [{ 'anything-but': { prefix: 'in' } }], ['out'], ['init']],
  ['anything-but prefixes', [{ 'anything-but': { prefix: ['in', 'un'] } }], ['out'], ['init', 'undo']],
  ['anything-but a suffix', [{ 'anything-but': { suffix: '.txt' } }], ['a.png'], ['a.txt']],
  ['anything-but a case', [{ 'anything-but': { 'equals-ignore-case': ['A', 'b'] } }], ['c'], ['a', 'B']],
  ['anything-but a wildcard', [{ 'anything-but': { wildcard: '*/lib/*' } }], ['a/src/b'], ['a/lib/b']],
  ['numeric', [{ numeric: ['=', 3.0e2] }], [300], [301, '300']],
  ['a numeric range', [{ numeric: ['>', 0, '<=', 5] }], [1, 5], [0, 5.1]],
  ['cidr', [{ cidr: '10.0.0.0/24' }], ['10.0.0.255'], ['10.0.1.0', 'ten', '::1']],
  ['cidr of version 6', [{ cidr: '2001:db8::/32' }], ['2001:db8::1'], ['2001:db9::1', '10.0.0.1']],
  ['exists', [{ exists: true }], ['', null, 0], [[], { inner: 1 }]],
  ['one of several', ['a', { prefix: 'b' }, { numeric: ['<', 0] }], ['a', 'bcd', -1], ['c', 0]],
])('%s', (_, alternatives, yes, no) => {
  const pattern = compilePattern({ detail: { field: alternatives } });
  expect(yes.filter((field) => !pattern({ detail: { field } }))).toEqual([]);
  expect(no.filter((field) => pattern({ detail: { field } }))).toEqual([]);
  expect(pattern({ detail: {} })).toBe(false);
});

test('what must not exist may be missing with all that is around it', () => {
  const pattern = { detail: { user: { name: [{ exists: false }] } } };

  expect(matches(pattern, { detail: { user: {} } })).toBe(true);
  expect(matches(pattern, {})).toBe(true);
  expect(matches(pattern, { detail: { user: { name: null } } })).toBe(false);
});

test('all fields must match, and those not named do not matter', () => {
  const pattern = { source: ['shop'], detail: { state: ['paid'] } };

  expect(matches(pattern, { source: 'shop', detail: { state: 'paid', amount: 3 }, id: '1' })).toBe(true);
  expect(matches(pattern, { source: 'shop', detail: { state: 'open' } })).toBe(false);
});

test('$or is met by one of its patterns, beside the other fields', () => {
  const pattern: Json = { source: ['shop'], $or: [{ detail: { a: [1] } }, { detail: { b: [2] } }] };

  expect(matches(pattern, { source: 'shop', detail: { b: 2 } })).toBe(true);
  expect(matches(pattern, { source: 'shop', detail: { a: 2, b: 1 } })).toBe(false);
  expect(matches(pattern, { source: 'other', detail: { a: 1 } })).toBe(false);
});

test('fields of a list of objects match in one and the same object', () => {
  const pattern = { lines: { sku: ['a'], count: [2] } };

  expect(matches(pattern, { lines: [{ sku: 'b' }, { sku: 'a', count: 2 }] })).toBe(true);
  expect(
    matches(pattern, {
      lines: [
        { sku: 'a', count: 1 },
        { sku: 'b', count: 2 },
      ],
    }),
  ).toBe(false);
});

test('a member that all objects inherit is not there', () => {
  expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
});

test.each<[string, Json, string]>([
  ['no object', 'a', 'Filter is not an object'],
  ['nothing', {}, 'Empty event pattern'],
  ['a value without a list', { source: 'shop' }, '"source" must be an object or an array'],
  ['an empty list', { source: [] }, 'Empty arrays are not allowed: "source"'],
  ['an operator that is none', { source: [{ like: 'a' }] }, 'Unrecognized match type like'],
  ['an operator that all objects inherit', { source: [{ constructor: 'a' }] }, 'Unrecognized match type constructor'],
  ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }, 'Only one key allowed in match expression'],
  ['a number as prefix', { source: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
  ['a range without its number', { a: [{ numeric: ['>'] }] }, 'Value of numeric must be an array'],
  ['a range over text', { a: [{ numeric: ['>', '1'] }] }, 'Value of > must be numeric'],
  ['a comparison that is none', { a: [{ numeric: ['!=', 1] }] }, 'Unrecognized numeric range operator: !='],
  ['a text for exists', { a: [{ exists: 'true' }] }, 'exists match pattern must be either true or false.'],
  ['a range of addresses without bits', { a: [{ cidr: '10.0.0.0' }] }, 'Malformed CIDR'],
  ['anything-but exists', { a: [{ 'anything-but': { exists: true } }] }, 'Unsupported anything-but pattern: exists'],
  ['$or with one pattern', { $or: [{ a: [1] }] }, '$or must be an array of at least two objects'],
])('%s is refused', (_, pattern, reason) => {
  expect(() => compilePattern(pattern)).toThrow(reason);
});
