import type { Json } from '../host';
import { isObject } from '../json';

/** Items, and the keys that they had where they were the values of an object. */
export interface Items {
  readonly items: readonly Json[];
  readonly keys?: readonly string[];
}

/** Reads the array that the document is, or the array or object that the pointer leads to. */
export function parseJson(text: string, pointer?: string): Items {
  const document = JSON.parse(text) as Json;
  const node = pointer === undefined ? document : follow(document, pointer);
  if (Array.isArray(node)) return { items: node };
  // recorded: AWS does not iterate over a document that is an object
  if (pointer !== undefined && isObject(node)) return { items: Object.values(node), keys: Object.keys(node) };
  throw new Error('Attempting to map over non-iterable node.');
}

export function parseJsonLines(text: string): Json[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as Json);
}

/** Follows a JSON pointer (RFC 6901). */
function follow(document: Json, pointer: string): Json {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<Json>((node, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const child = typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as never)[name] : undefined;
    if (child === undefined) throw new Error(`The ItemsPointer '${pointer}' leads nowhere in the document.`);
    return child;
  }, document);
}
