import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';

export function arrayArgument(value: Json, position: string): Json[] {
  if (!Array.isArray(value)) throw wrong(position, 'an array', value);
  return value;
}

export function stringArgument(value: Json, position: string): string {
  if (typeof value !== 'string') throw wrong(position, 'a string', value);
  return value;
}

export function objectArgument(value: Json, position: string): JsonObject {
  if (!isObject(value)) throw wrong(position, 'an object', value);
  return value;
}

/** Fractions are rounded, halves up: -1.5 becomes -1. */
export function integerArgument(value: Json, position: string): number {
  if (typeof value !== 'number') throw wrong(position, 'a number', value);
  return Math.round(value) + 0; // never -0
}

function wrong(position: string, expected: string, value: Json): TypeError {
  return new TypeError(`The ${position} argument must be ${expected} but was: ${JSON.stringify(value)}`);
}
