import { runtimeFailure } from '../failures';
import type { Json } from '../host';
import type { Scope } from '../scope';
import { PathNotFound } from './evaluate';
import type { Path } from './path';

/** Reads a path whose absence AWS words as an invalid path. */
export function readField(path: Path, data: Json, scope: Scope): Json {
  return readOr(path, data, scope, (error) => `Invalid path '${path.text}' : ${error.message}`);
}

/** Reads a path, wording its absence. */
export function readOr(path: Path, data: Json, scope: Scope, reason: (error: PathNotFound) => string): Json {
  try {
    return path.read(data, scope);
  } catch (error) {
    if (error instanceof PathNotFound) throw runtimeFailure(reason(error));
    throw error;
  }
}
