import type { Json } from '../engine/host';

export type { Json };
export type JsonObject = { [key: string]: Json };

/** A resolved value; `undefined` is AWS::NoValue: whoever holds it leaves the entry out. */
export type Value = Json | undefined;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Templates choose their own keys, `constructor` and `__proto__` included. */
export function own(object: unknown, key: string): Value {
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** What CloudFormation accepts where it wants text. */
export function textOf(value: Value): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const LONGEST_QUOTE = 80;

/** A value as an error message quotes it. */
export function quote(value: Value): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
