import type { Host, Json } from '../host';
import { ARRAY_FUNCTIONS } from './arrays';
import { JSON_FUNCTIONS } from './json-text';
import { MATH_FUNCTIONS } from './math';
import { TEXT_FUNCTIONS } from './text';

export interface IntrinsicFunction {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  /** Throws a RangeError or a TypeError for arguments it cannot take. */
  apply(args: readonly Json[], host: Host): Json;
}

export const FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  ...ARRAY_FUNCTIONS,
  ...JSON_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...TEXT_FUNCTIONS,
};
