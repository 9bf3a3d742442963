import { createHash } from 'node:crypto';
import type { Json } from '../host';
import { isObject } from '../json';
import { stringArgument } from './arguments';
import type { IntrinsicFunction } from './functions';

const MAX_TEXT = 10_000;
const HASHES = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** As Java prints a value: maps without quotes, `{Id=1, Name=a}`. */
function javaText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${javaText(item)}`)
    .join(', ')}}`;
}

function format(template: string, values: readonly Json[]): string {
  const left = [...values];
  const text = template.replace(/\\(['{}\\])|\{\}/g, (_placeholder, escaped) => {
    if (escaped !== undefined) return escaped;
    const value = left.shift();
    if (value === undefined)
      throw new RangeError(`The template has more placeholders than the ${values.length} values: ${template}`);
    return javaText(value);
  });
  if (left.length > 0) throw new RangeError(`The template has fewer placeholders than the ${values.length} values: ${template}`);
  return text;
}

/** Splits at any one character of the delimiter; empty pieces are left out. */
function split(text: string, delimiters: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (!delimiters.includes(character)) piece += character;
    else {
      if (piece !== '') pieces.push(piece);
      piece = '';
    }
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

export function hash(data: Json, algorithm: string): string {
  if (!HASHES.includes(algorithm))
    throw new RangeError(`The algorithm must be one of ${HASHES.join(', ')} but was: ${algorithm}`);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(algorithm.replace('-', '')).update(limited(text)).digest('hex');
}

function limited(text: string): string {
  if (text.length > MAX_TEXT)
    throw new RangeError(`The text must not be longer than ${MAX_TEXT} characters but has: ${text.length}`);
  return text;
}

export const TEXT_FUNCTIONS: Record<string, IntrinsicFunction> = {
  'States.Format': {
    arity: [1, Number.POSITIVE_INFINITY],
    apply: ([template, ...values]) => format(stringArgument(template, 'first'), values),
  },
  'States.StringSplit': {
    arity: [2, 2],
    apply: ([text, delimiters]) => split(stringArgument(text, 'first'), stringArgument(delimiters, 'second')),
  },
  'States.Base64Encode': {
    arity: [1, 1],
    apply: ([text]) => Buffer.from(limited(stringArgument(text, 'first')), 'utf8').toString('base64'),
  },
  'States.Base64Decode': {
    arity: [1, 1],
    apply: ([text]) => Buffer.from(limited(stringArgument(text, 'first')), 'base64').toString('utf8'),
  },
  'States.Hash': { arity: [2, 2], apply: ([data, algorithm]) => hash(data, stringArgument(algorithm, 'second')) },
  'States.UUID': { arity: [0, 0], apply: (_args, host) => host.uuid() },
};
