import type { Json } from '../host';
import { deepEqual } from '../json';
import { arrayArgument, integerArgument } from './arguments';
import type { IntrinsicFunction } from './functions';

const MAX_RANGE = 1000;

export function partition(items: readonly Json[], size: number): Json[][] {
  if (size < 1) throw new RangeError(`The chunk size must be positive but was: ${size}`);
  const chunks: Json[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}

export function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new RangeError('The step must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE) throw new RangeError(`The range must not have more than ${MAX_RANGE} elements but has: ${length}`);
  return Array.from({ length }, (_, i) => first + i * step);
}

function unique(items: readonly Json[]): Json[] {
  return items.filter((item, i) => items.findIndex((other) => deepEqual(other, item)) === i);
}

function itemAt(items: readonly Json[], index: number): Json {
  if (index < 0 || index >= items.length)
    throw new RangeError(`The index ${index} is outside of the array of ${items.length} elements`);
  return items[index];
}

export const ARRAY_FUNCTIONS: Record<string, IntrinsicFunction> = {
  'States.Array': { arity: [0, Number.POSITIVE_INFINITY], apply: (args) => [...args] },
  'States.ArrayPartition': {
    arity: [2, 2],
    apply: ([items, size]) => partition(arrayArgument(items, 'first'), integerArgument(size, 'second')),
  },
  'States.ArrayContains': {
    arity: [2, 2],
    apply: ([items, value]) => arrayArgument(items, 'first').some((item) => deepEqual(item, value)),
  },
  'States.ArrayRange': {
    arity: [3, 3],
    apply: ([first, last, step]) =>
      range(integerArgument(first, 'first'), integerArgument(last, 'second'), integerArgument(step, 'third')),
  },
  'States.ArrayGetItem': {
    arity: [2, 2],
    apply: ([items, index]) => itemAt(arrayArgument(items, 'first'), integerArgument(index, 'second')),
  },
  'States.ArrayLength': { arity: [1, 1], apply: ([items]) => arrayArgument(items, 'first').length },
  'States.ArrayUnique': { arity: [1, 1], apply: ([items]) => unique(arrayArgument(items, 'first')) },
};
