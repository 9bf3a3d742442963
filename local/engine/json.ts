import type { Json } from './host';

export type JsonObject = { [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

export function deepEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => deepEqual(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]));
}

/** Sets a key as data: `__proto__` is an ordinary key of a JSON text. */
export function setKey(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

export function copyOf(source: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(source)) setKey(copy, key, source[key]);
  return copy;
}

/** AWS tells no limit; without one, whoever goes through a value could run out of stack. */
export const MAX_NESTING = 1000;

/** Whether arrays and objects stand in each other more than `MAX_NESTING` levels deep. */
export function nestsTooDeeply(value: Json, left = MAX_NESTING): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  for (const key in value) if (nestsTooDeeply((value as JsonObject)[key], left - 1)) return true;
  return false;
}

/** Whether the JSON text of a value takes more than `limit` bytes in UTF-8; stops counting there. Throws where it nests too deeply. */
export function exceedsBytes(value: Json, limit: number): boolean {
  return remaining(value, limit, MAX_NESTING) < 0;
}

/** How many bytes the JSON text of a value takes in UTF-8. */
export function byteLength(value: Json): number {
  return Number.MAX_SAFE_INTEGER - remaining(value, Number.MAX_SAFE_INTEGER, MAX_NESTING);
}

/** Parses a text that came up while a state ran. */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  if (nestsTooDeeply(value)) throw new RangeError(`The JSON text must not nest more than ${MAX_NESTING} levels deep`);
  return value;
}

function remaining(value: Json, budget: number, levels: number): number {
  if (typeof value === 'string') return budget - stringBytes(value);
  if (typeof value !== 'object' || value === null) return budget - String(value).length;
  if (levels === 0) throw new RangeError(`The data must not nest more than ${MAX_NESTING} levels deep`);
  let left = budget - 2;
  if (Array.isArray(value)) {
    left -= Math.max(0, value.length - 1);
    for (let i = 0; i < value.length && left >= 0; i++) left = remaining(value[i], left, levels - 1);
    return left;
  }
  let first = true;
  for (const key in value) {
    if (left < 0) return left;
    left = remaining(value[key], left - stringBytes(key) - (first ? 1 : 2), levels - 1);
    first = false;
  }
  return left;
}

function stringBytes(text: string): number {
  let bytes = text.length + 2;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      if (code === 0x22 || code === 0x5c) bytes += 1;
      else if (code < 0x20) bytes += '\b\t\n\f\r'.includes(text[i]) ? 1 : 5;
    } else if (code < 0x800) bytes += 1;
    else if (code >= 0xd800 && code < 0xdc00) {
      bytes += 2; // four bytes for the two halves of a surrogate pair
      i++;
    } else bytes += 2;
  }
  return bytes;
}
