import { integerArgument } from './arguments';
import type { IntrinsicFunction } from './functions';
import { seededRandom } from './seeded-random';

const MAX_INTEGER = 2 ** 31 - 1;

function sum(a: number, b: number): number {
  const total = a + b;
  if (Math.abs(total) > MAX_INTEGER)
    throw new RangeError(`The sum must lie between -${MAX_INTEGER} and ${MAX_INTEGER} but was: ${total}`);
  return total;
}

export const MATH_FUNCTIONS: Record<string, IntrinsicFunction> = {
  'States.MathAdd': {
    arity: [2, 2],
    apply: ([a, b]) => sum(integerArgument(a, 'first'), integerArgument(b, 'second')),
  },
  'States.MathRandom': {
    arity: [2, 3],
    apply: ([from, to, seed], host) => {
      const start = integerArgument(from, 'first');
      const end = integerArgument(to, 'second');
      if (start >= end) throw new RangeError(`The start ${start} must be less than the end ${end}`);
      const random = seed === undefined ? host.random() : seededRandom(integerArgument(seed, 'third'));
      return start + Math.floor(random * (end - start));
    },
  },
};
