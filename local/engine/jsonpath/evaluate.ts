import type { Json } from '../host';
import { isObject, type JsonObject, setKey } from '../json';
import { isDefinite, type Token, tokenText } from './tokens';

/** A definite path leads nowhere. The message is json-path's, which AWS passes on. */
export class PathNotFound extends Error {}

/** @param root what `$` means in filters */
export function evaluateTokens(tokens: readonly Token[], start: Json, root: Json): Json {
  return tokens.every(isDefinite) ? follow(tokens, start) : collect(tokens, start, root);
}

/** The one value a definite path leads to. */
export function follow(tokens: readonly Token[], start: Json): Json {
  let value = start;
  for (let i = 0; i < tokens.length; i++) {
    const found = stepInto(tokens[i], value);
    if (found === undefined) throw notFound(tokens, i, value);
    value = found;
  }
  return value;
}

/** All values an indefinite path leads to; it may lead nowhere at any step. */
export function collect(tokens: readonly Token[], start: Json, root: Json): Json[] {
  const results: Json[] = [];
  const visit = (value: Json, position: number) => {
    if (position === tokens.length) results.push(value);
    else spread(tokens[position], value, root, (next) => visit(next, position + 1));
  };
  visit(start, 0);
  return results;
}

function stepInto(token: Token, value: Json): Json | undefined {
  if (token.kind === 'property') {
    if (!isObject(value)) return undefined;
    if (token.names.length > 1) return pick(value, token.names);
    return Object.hasOwn(value, token.names[0]) ? value[token.names[0]] : undefined;
  }
  return token.kind === 'index' && Array.isArray(value) ? value.at(token.indexes[0]) : undefined;
}

function pick(value: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) if (Object.hasOwn(value, name)) setKey(picked, name, value[name]);
  return picked;
}

function spread(token: Token, value: Json, root: Json, emit: (next: Json) => void): void {
  switch (token.kind) {
    case 'wildcard':
      if (Array.isArray(value)) value.forEach(emit);
      else if (isObject(value)) Object.values(value).forEach(emit);
      return;
    case 'slice':
      if (Array.isArray(value)) value.slice(token.from ?? 0, token.to).forEach(emit);
      return;
    case 'filter':
      for (const item of Array.isArray(value) ? value : isObject(value) ? [value] : []) if (token.accepts(item, root)) emit(item);
      return;
    case 'scan':
      scan(value, emit);
      return;
    case 'index':
      for (const index of token.indexes) {
        const item = Array.isArray(value) ? value.at(index) : undefined;
        if (item !== undefined) emit(item);
      }
      return;
    case 'property': {
      const found = stepInto(token, value);
      if (found !== undefined) emit(found);
    }
  }
}

function scan(value: Json, emit: (next: Json) => void): void {
  if (typeof value !== 'object' || value === null) return;
  emit(value);
  for (const child of Object.values(value)) scan(child, emit);
}

function notFound(tokens: readonly Token[], position: number, value: Json): PathNotFound {
  const texts = tokens.map(tokenText);
  const before = ['$', ...texts.slice(0, position)].join('');
  const token = tokens[position];
  const last = position === tokens.length - 1;
  if (token.kind === 'property' && isObject(value) && !last)
    return new PathNotFound(`Missing property in path ${before}${texts[position]}`);
  if (token.kind === 'property' && !isObject(value))
    return new PathNotFound(`Property ${texts[position]} not found in path ${before}`);
  if (token.kind === 'index' && value === null) return new PathNotFound(`The path ${before} is null`);
  if (token.kind === 'index' && !Array.isArray(value)) {
    return new PathNotFound(
      `Filter: ${texts[position]} can only be applied to arrays. Current context is: ${JSON.stringify(value)}`,
    );
  }
  return new PathNotFound(`No results for path: $${texts.join('')}`);
}
