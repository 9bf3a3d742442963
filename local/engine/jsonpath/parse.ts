import { parseFilter } from './filter';
import type { Reader } from './reader';
import type { Token } from './tokens';

/** What json-path 2.0.0 takes for a name: functions are none yet, so `$.items.length()` leads to the field `length()`. */
const NAME = /[^.[\]\s]+/y;

/** The same inside a filter or a call, where something else may follow the name. */
const EMBEDDED_NAME = /[^.[\]()\s,'"=!<>~&|*]+(?:\(\))?/y;

/** Reads the steps after the root, as leniently as json-path 2.0.0, which AWS follows, does. */
export function parsePath(reader: Reader): Token[] {
  return parseTokens(reader, NAME);
}

/** Reads the steps of a path that something else may follow. */
export function parseTokens(reader: Reader, names = EMBEDDED_NAME): Token[] {
  const tokens: Token[] = [];
  while (!reader.ended) {
    if (reader.skip('..')) {
      tokens.push({ kind: 'scan' });
      tokens.push(reader.peek() === '[' ? bracket(reader) : dotted(reader, names));
    } else if (reader.skip('.')) {
      tokens.push(reader.peek() === '[' ? bracket(reader) : dotted(reader, names)); // `$.[0]` is `$[0]`
    } else if (reader.peek() === '[') {
      tokens.push(bracket(reader));
    } else {
      break;
    }
  }
  return tokens;
}

function dotted(reader: Reader, names: RegExp): Token {
  if (reader.skip('*')) return { kind: 'wildcard' };
  const name = reader.match(names);
  if (name === undefined) throw reader.error('a property name');
  return { kind: 'property', names: [name] };
}

function bracket(reader: Reader): Token {
  reader.expect('[');
  reader.space();
  const token = bracketContent(reader);
  reader.space();
  reader.expect(']');
  return token;
}

function bracketContent(reader: Reader): Token {
  if (reader.skip('*')) return { kind: 'wildcard' };
  if (reader.skip('?')) return { kind: 'filter', accepts: parseFilter(reader) };
  if (reader.peek() === "'" || reader.peek() === '"') return { kind: 'property', names: list(reader, quotedName) };
  const slice = reader.match(/(-?\d+)?\s*:\s*(-?\d+)?/y);
  if (slice !== undefined) {
    const [from, to] = slice.split(':').map((bound) => (bound.trim() === '' ? undefined : Number(bound)));
    return { kind: 'slice', from, to };
  }
  return { kind: 'index', indexes: list(reader, integer) };
}

function list<T>(reader: Reader, item: (reader: Reader) => T): T[] {
  const items = [item(reader)];
  for (reader.space(); reader.skip(','); reader.space()) {
    reader.space();
    items.push(item(reader));
  }
  return items;
}

/** Names are taken as written: backslashes and inner quotes stand for themselves. */
function quotedName(reader: Reader): string {
  const quoted = reader.match(/'[\s\S]*?'(?=\s*[\],])|"[\s\S]*?"(?=\s*[\],])/y);
  if (quoted === undefined) throw reader.error('a quoted property name');
  return quoted.slice(1, -1);
}

function integer(reader: Reader): number {
  const digits = reader.match(/-?\d+/y);
  if (digits === undefined) throw reader.error('an index, a slice, a quoted name, * or a filter');
  return Number(digits);
}
