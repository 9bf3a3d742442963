import { runtimeFailure } from '../failures';
import type { Json } from '../host';
import { deepEqual } from '../json';
import { TooManySteps } from '../patterns/bounded-match';
import { BoundedRegExp } from '../patterns/bounded-regexp';
import { evaluateTokens, PathNotFound } from './evaluate';
import { parseTokens } from './parse';
import type { Reader } from './reader';
import type { Predicate } from './tokens';

/** The value of one side of a comparison; undefined where its path leads nowhere. */
type Operand = (item: Json, root: Json) => Json | BoundedRegExp | undefined;
type Comparison = (left: Json | BoundedRegExp | undefined, right: Json | BoundedRegExp | undefined) => boolean;

/** Reads `(…)` of `[?(…)]`. */
export function parseFilter(reader: Reader): Predicate {
  reader.expect('(');
  const predicate = disjunction(reader);
  reader.space();
  reader.expect(')');
  return predicate;
}

function disjunction(reader: Reader): Predicate {
  const first = conjunction(reader);
  reader.space();
  if (!reader.skip('||')) return first;
  const second = disjunction(reader);
  return (item, root) => first(item, root) || second(item, root);
}

function conjunction(reader: Reader): Predicate {
  const first = term(reader);
  reader.space();
  if (!reader.skip('&&')) return first;
  const second = conjunction(reader);
  return (item, root) => first(item, root) && second(item, root);
}

function term(reader: Reader): Predicate {
  reader.space();
  if (reader.match(/!(?!=)/y)) {
    const negated = term(reader);
    return (item, root) => !negated(item, root);
  }
  if (reader.peek() === '(') return parseFilter(reader);
  const left = operand(reader);
  reader.space();
  const operator = reader.match(/==|!=|<=|>=|=~|<|>/y);
  if (operator === undefined) return (item, root) => (left(item, root) ?? null) !== null;
  reader.space();
  const right = operand(reader);
  const compare = COMPARISONS[operator];
  return (item, root) => compare(left(item, root), right(item, root));
}

function operand(reader: Reader): Operand {
  if (reader.skip('@')) return path(reader, (item) => item);
  if (reader.skip('$')) return path(reader, (_item, root) => root);
  const regex = reader.match(/\/(?:\\.|[^/\\])+\/i?/y);
  if (regex !== undefined) {
    const end = regex.lastIndexOf('/');
    // Java's `matches` wants the whole text
    const pattern = new BoundedRegExp(new RegExp(`^(?:${regex.slice(1, end)})$`, regex.slice(end + 1)));
    return () => pattern;
  }
  const value = literal(reader);
  return () => value;
}

function path(reader: Reader, start: (item: Json, root: Json) => Json): Operand {
  const tokens = parseTokens(reader);
  return (item, root) => {
    try {
      return evaluateTokens(tokens, start(item, root), root);
    } catch (error) {
      if (error instanceof PathNotFound) return undefined;
      throw error;
    }
  };
}

function literal(reader: Reader): Json {
  const quoted = reader.match(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/y);
  if (quoted !== undefined) return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
  const word = reader.match(/[^\s()[\],&|]+/y);
  if (word === undefined) throw reader.error('a value');
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(word) ? Number(word) : word; // json-path 2.0.0 takes a bare word for a string
}

function ordered(decide: (order: number) => boolean): Comparison {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return decide(left - right);
    if (typeof left === 'string' && typeof right === 'string') return decide(left < right ? -1 : left > right ? 1 : 0);
    return false;
  };
}

function same(left: Json | BoundedRegExp | undefined, right: Json | BoundedRegExp | undefined): boolean {
  if (left === undefined || right === undefined || left instanceof BoundedRegExp || right instanceof BoundedRegExp) return false;
  return deepEqual(left, right);
}

function matches(pattern: BoundedRegExp, text: string): boolean {
  try {
    return pattern.test(text);
  } catch (error) {
    if (error instanceof TooManySteps) throw runtimeFailure(error.message);
    throw error;
  }
}

const COMPARISONS: Record<string, Comparison> = {
  '==': same,
  '!=': (left, right) => left !== undefined && !same(left, right),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '=~': (left, right) => right instanceof BoundedRegExp && typeof left === 'string' && matches(right, left),
};
