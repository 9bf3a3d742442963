import type { Json } from '../host';
import { type JsonObject, MAX_NESTING, setKey } from '../json';

/**
 * The value free of JSONata's marks; undefined where it or a part of it is no JSON. Functions of JSONata are told
 * by the functions that they hold, not by their marks: data may bear the same.
 * What bears no mark is shared, not copied. Throws where it nests too deeply.
 */
export function toJson(value: unknown, left = MAX_NESTING): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object') return undefined;
  if (left === 0) throw new RangeError(`The result must not nest more than ${MAX_NESTING} levels deep`);
  if (Array.isArray(value)) return arrayToJson(value, left - 1);
  return objectToJson(value as JsonObject, left - 1);
}

function arrayToJson(items: Json[], left: number): Json[] | undefined {
  let copy = isMarked(items) ? items.slice(0, 0) : undefined;
  for (let i = 0; i < items.length; i++) {
    const json = toJson(items[i], left);
    if (json === undefined) return undefined;
    if (copy === undefined && json !== items[i]) copy = items.slice(0, i);
    copy?.push(json);
  }
  return copy ?? items;
}

function objectToJson(object: JsonObject, left: number): JsonObject | undefined {
  let copy: JsonObject | undefined;
  for (const key of Object.keys(object)) {
    const json = toJson(object[key], left);
    if (json === undefined) return undefined;
    if (copy === undefined && json !== object[key]) copy = { ...object };
    if (copy !== undefined) setKey(copy, key, json);
  }
  return copy ?? object;
}

/** JSONata marks its sequences by properties of the array. */
function isMarked(items: object): boolean {
  return 'sequence' in items || 'cons' in items || 'keepSingleton' in items || 'outerWrapper' in items || 'tupleStream' in items;
}
