import type { IConstruct } from 'constructs';
import { invalid } from './invalid';

/** The expression between `{%` and `%}`, in parentheses so that it can stand inside another one. */
export function expressionOf(prop: string, value: string, at: IConstruct): string {
  const expression = /^\{%(.*)%\}$/s.exec(value)?.[1].trim();
  if (!expression) {
    throw invalid(prop, value, 'write a JSONata expression between {% and %}, as in {% $states.input.type %}', at);
  }
  return `(${expression})`;
}

/** A JSON text is the JSONata literal of the same value; splicing the value itself would let it end the literal. */
export function literalOf(value: string | number | boolean): string {
  return JSON.stringify(value);
}
