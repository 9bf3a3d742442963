import type { Json } from '../../engine/host';
import { PathNotFound } from '../../engine/jsonpath/evaluate';
import { compilePath } from '../../engine/jsonpath/path';
import { PathSyntaxError } from '../../engine/jsonpath/reader';
import type { Scope } from '../../engine/scope';
import { validationError } from './errors';

const NOTHING_ELSE = { context: {}, variables: {} } as unknown as Scope;

/** Reads a JSONPath of an event; undefined where it leads nowhere. */
export function readPath(text: string): (event: Json) => Json | undefined {
  const path = compiled(text);
  return (event) => {
    try {
      return path.read(event, NOTHING_ELSE);
    } catch (error) {
      if (error instanceof PathNotFound) return undefined;
      throw error;
    }
  };
}

function compiled(text: string) {
  try {
    return compilePath(text);
  } catch (error) {
    if (!(error instanceof PathSyntaxError)) throw error;
    throw validationError(`'${text}' is no JSONPath: ${error.message}`);
  }
}
