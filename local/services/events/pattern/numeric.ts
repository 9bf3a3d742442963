import type { Json } from '../../../engine/host';
import { asText } from '../../as-text';
import type { Matcher } from './matcher';
import { PatternError } from './pattern-error';

const COMPARISONS: { readonly [operator: string]: (value: number, bound: number) => boolean } = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `['>', 0, '<=', 5]`: all comparisons hold. */
export function numericMatcher(operand: Json): Matcher {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1 || operand.length > 4) {
    throw new PatternError('Value of numeric must be an array of one or two operators with their numbers');
  }
  const comparisons: ((value: number) => boolean)[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const [operator, bound] = [asText(operand[i]), operand[i + 1]];
    if (!Object.hasOwn(COMPARISONS, operator)) throw new PatternError(`Unrecognized numeric range operator: ${operator}`);
    if (typeof bound !== 'number') throw new PatternError(`Value of ${operator} must be numeric`);
    comparisons.push((value) => COMPARISONS[operator]!(value, bound));
  }
  return (value) => typeof value === 'number' && comparisons.every((holds) => holds(value));
}
