import { ErrorName, EvaluationFailure } from '../failures';
import type { Json } from '../host';
import { copyOf, isObject, setKey } from '../json';
import { parsePath } from './parse';
import { PathSyntaxError, Reader } from './reader';
import { isDefinite, type Token } from './tokens';

/** Returns a copy of `target` with `value` put in; what the path does not touch is shared. */
export type ReferencePath = (target: Json, value: Json) => Json;

/** Compiles ResultPath: a path to exactly one place. */
export function compileReferencePath(text: string): ReferencePath {
  const reader = new Reader(text);
  reader.expect('$');
  const tokens = parsePath(reader);
  const single = (token: Token) => isDefinite(token) && !(token.kind === 'property' && token.names.length > 1);
  if (!reader.ended || !tokens.every(single)) throw new PathSyntaxError(`not a reference path: ${text}`);
  return (target, value) => put(tokens, 0, target, value);
}

function put(tokens: readonly Token[], position: number, target: Json | undefined, value: Json): Json {
  if (position === tokens.length) return value;
  const token = tokens[position];
  if (token.kind === 'index') {
    const index = token.indexes[0];
    if (!Array.isArray(target) || index >= target.length) throw mismatch(token, target);
    const items = target.slice();
    items[index] = put(tokens, position + 1, target[index], value);
    return items;
  }
  const name = token.kind === 'property' ? token.names[0] : '';
  if (target !== undefined && !isObject(target)) throw mismatch(token, target);
  const copy = target === undefined ? {} : copyOf(target);
  setKey(copy, name, put(tokens, position + 1, Object.hasOwn(copy, name) ? copy[name] : undefined, value));
  return copy;
}

function mismatch(token: Token, target: Json | undefined): EvaluationFailure {
  const step = token.kind === 'index' ? token.indexes[0] : token.kind === 'property' ? token.names[0] : token.kind;
  return new EvaluationFailure(
    ErrorName.resultPathMatch,
    `Unable to apply step "${step}" to input ${JSON.stringify(target ?? null)}`,
  );
}
