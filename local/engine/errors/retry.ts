import type { Fields } from '../definition/fields';
import { isObject } from '../json';
import { compileErrorEquals, type Matcher } from './matching';

export interface Retrier {
  readonly matches: Matcher;
  readonly maxAttempts: number;
  /** Milliseconds to wait before the retry that follows `retries` earlier ones. */
  delay(retries: number, random: () => number): number;
}

export function compileRetry(fields: Fields): Retrier[] {
  return (fields.array('Retry') ?? []).flatMap((retrier, i) => {
    if (isObject(retrier)) return [compileRetrier(fields.nested(retrier, 'Retry', i))];
    fields.complain(`Expected an object but was: ${JSON.stringify(retrier)}`, `Retry[${i}]`);
    return [];
  });
}

function compileRetrier(fields: Fields): Retrier {
  const matches = compileErrorEquals(fields);
  const maxAttempts = fields.integer('MaxAttempts', 0) ?? 3;
  const interval = fields.integer('IntervalSeconds', 0) ?? 1;
  const rate = fields.number('BackoffRate', 1) ?? 2;
  const longest = fields.integer('MaxDelaySeconds', 1, 31_622_400) ?? Number.POSITIVE_INFINITY;
  const jitter = fields.oneOf('JitterStrategy', ['NONE', 'FULL']) === 'FULL';
  fields.finish();
  return {
    matches,
    maxAttempts,
    delay(retries, random) {
      const seconds = Math.min(interval * rate ** retries, longest);
      return 1000 * (jitter ? random() * seconds : seconds);
    },
  };
}
