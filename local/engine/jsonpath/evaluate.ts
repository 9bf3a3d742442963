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

/**
 * All values an indefinite path leads to. Where an index is out of bounds, there are none for the wildcard before it,
 * and none at all without a wildcard: so has it json-path 2.0.0.
 */
export function collect(tokens: readonly Token[], start: Json, root: Json): Json[] {
  const results: Json[] = [];
  const visit = (value: Json, position: number) => {
    if (position === tokens.length) results.push(value);
    else if (!scannedTwice(tokens, position, value)) spread(tokens[position], value, root, (next) => visit(next, position + 1));
  };
  return leadsSomewhere(() => visit(start, 0)) ? results : [];
}

/** Whether the way led anywhere. */
function leadsSomewhere(go: () => void): boolean {
  try {
    go();
    return true;
  } catch (error) {
    if (error instanceof PathNotFound) return false;
    throw error;
  }
}

/** A scan comes by the items of an array by itself: a filter after it has nothing to do for the array. */
function scannedTwice(tokens: readonly Token[], position: number, value: Json): boolean {
  return tokens[position].kind === 'filter' && tokens[position - 1]?.kind === 'scan' && Array.isArray(value);
}

function stepInto(token: Token, value: Json): Json | undefined {
  if (token.kind === 'property') {
    if (!isObject(value)) return undefined;
    if (token.names.length > 1) return pick(value, token.names);
    return Object.hasOwn(value, token.names[0]) ? value[token.names[0]] : undefined;
  }
  return token.kind === 'index' && Array.isArray(value) ? value[token.indexes[0]] : undefined;
}

function pick(value: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) if (Object.hasOwn(value, name)) setKey(picked, name, value[name]);
  return picked;
}

function spread(token: Token, value: Json, root: Json, emit: (next: Json) => void): void {
  switch (token.kind) {
    case 'wildcard':
      if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) leadsSomewhere(() => emit(item));
      return;
    case 'slice':
      if (Array.isArray(value)) sliceOf(value, token.from, token.to).forEach(emit);
      return;
    case 'filter':
      for (const item of Array.isArray(value) ? value : isObject(value) ? [value] : []) if (token.accepts(item, root)) emit(item);
      return;
    case 'scan':
      scan(value, emit);
      return;
    case 'index':
      if (!Array.isArray(value)) return;
      for (const index of token.indexes) {
        if (index < 0 || index >= value.length) throw new PathNotFound(`Index out of bounds: ${index}`);
        emit(value[index]);
      }
      return;
    case 'property': {
      const found = stepInto(token, value);
      if (found !== undefined) emit(found);
    }
  }
}

/** Negative bounds count from the end, but only where they stand alone. */
function sliceOf(items: readonly Json[], from: number | undefined, to: number | undefined): readonly Json[] {
  return from !== undefined && to !== undefined && Math.min(from, to) < 0 ? [] : items.slice(from, to);
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
  if (token.kind === 'index') return new PathNotFound(`Index out of bounds when evaluating path ${before}${texts[position]}`);
  return new PathNotFound(`No results for path: $${texts.join('')}`);
}
