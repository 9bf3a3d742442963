import type { Json } from '../host';
import type { Scope } from '../scope';
import { collect, follow, PathNotFound } from './evaluate';
import { parsePath, parseTokens } from './parse';
import { PathSyntaxError, Reader } from './reader';
import { isDefinite, type Token } from './tokens';

/** A compiled JSONPath over the state's data, the context object (`$$`) or a variable (`$name`). */
export interface Path {
  /** As AWS's messages have it: paths into the context object have lost their second `$`. */
  readonly text: string;
  /** Throws `PathNotFound` where a definite path leads nowhere. */
  read(data: Json, scope: Scope): Json;
}

export function compilePath(text: string): Path {
  const reader = new Reader(text);
  const path = readPath(reader, parsePath);
  if (!reader.ended) throw reader.error('the end of the path');
  return path;
}

/** Reads a path that may be followed by something else, as an argument of an intrinsic function is. */
export function readPath(reader: Reader, parse = parseTokens): Path {
  const start = reader.position;
  reader.expect('$');
  const inContext = reader.peek() === '$';
  const root = readRoot(reader);
  const tokens = parse(reader);
  return { text: reader.text.slice(inContext ? start + 1 : start, reader.position), read: compile(root, tokens) };
}

type Root = (data: Json, scope: Scope) => Json;

function readRoot(reader: Reader): Root {
  if (reader.skip('$')) return (_data, scope) => scope.context;
  const name = reader.match(/[\p{L}_][\p{L}\p{N}_]*/uy);
  if (name === undefined) return (data) => data;
  if (name === 'states') throw new PathSyntaxError(`$states is reserved for JSONata: ${reader.text}`);
  return (_data, scope) => {
    const value = scope.variables[name];
    if (value === undefined) throw new PathNotFound(`Variable $${name} is not assigned`);
    return value;
  };
}

function compile(root: Root, tokens: readonly Token[]): Path['read'] {
  if (tokens.length === 0) return root;
  if (tokens.every(isDefinite)) return (data, scope) => follow(tokens, root(data, scope));
  return (data, scope) => {
    const start = root(data, scope);
    return collect(tokens, start, start);
  };
}
