import type { Json } from '../host';
import { parseTimestamp } from '../states/timestamp';
import { wildcard } from './wildcard';

/** Makes the test of a value from what the rule gives, or from what its path leads to. */
export type Comparator = (expected: Json) => (value: Json) => boolean;

type Ordered = number | string | boolean;
type Read = (value: Json) => Ordered | undefined;

const asNumber: Read = (value) => (typeof value === 'number' ? value : undefined);
const asString: Read = (value) => (typeof value === 'string' ? value : undefined);
const asBoolean: Read = (value) => (typeof value === 'boolean' ? value : undefined);
const asTimestamp: Read = (value) => (typeof value === 'string' ? parseTimestamp(value) : undefined);

/** Values of another type never match. */
function comparing(read: Read, holds: (value: Ordered, expected: Ordered) => boolean): Comparator {
  return (expected) => {
    const wanted = read(expected);
    return (value) => {
      const actual = read(value);
      return actual !== undefined && wanted !== undefined && holds(actual, wanted);
    };
  };
}

function orderings(type: string, read: Read): Record<string, Comparator> {
  return {
    [`${type}Equals`]: comparing(read, (value, expected) => value === expected),
    [`${type}LessThan`]: comparing(read, (value, expected) => value < expected),
    [`${type}GreaterThan`]: comparing(read, (value, expected) => value > expected),
    [`${type}LessThanEquals`]: comparing(read, (value, expected) => value <= expected),
    [`${type}GreaterThanEquals`]: comparing(read, (value, expected) => value >= expected),
  };
}

const ORDERINGS: Record<string, Comparator> = {
  ...orderings('Numeric', asNumber),
  ...orderings('String', asString),
  ...orderings('Timestamp', asTimestamp),
  BooleanEquals: comparing(asBoolean, (value, expected) => value === expected),
};

/** Comparators that also come as `…Path`, where the expected value is elsewhere in the input. */
export const PATH_COMPARATORS: Readonly<Record<string, Comparator>> = Object.fromEntries(
  Object.entries(ORDERINGS).map(([name, comparator]) => [`${name}Path`, comparator]),
);

export const COMPARATORS: Readonly<Record<string, Comparator>> = {
  ...ORDERINGS,
  StringMatches: (expected) => {
    const matches = wildcard(String(expected));
    return (value) => typeof value === 'string' && matches(value);
  },
};

/** Tests of the type: `IsNull: true` wants it, `IsNull: false` wants any other. */
export const TYPE_TESTS: Readonly<Record<string, (value: Json) => boolean>> = {
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => asTimestamp(value) !== undefined,
};

/** What a comparator must be given in the definition. */
export function expectedType(name: string): 'number' | 'boolean' | 'timestamp' | 'string' {
  if (name.startsWith('Numeric')) return 'number';
  if (name.startsWith('Timestamp')) return 'timestamp';
  return name === 'BooleanEquals' ? 'boolean' : 'string';
}
