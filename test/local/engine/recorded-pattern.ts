import type { Json } from '../../../local/engine';

/** What a recording says of the places where it replaced what AWS made up. */
export interface Masked {
  readonly placeholders?: readonly string[];
  readonly normalised?: readonly string[];
  readonly recorded: string;
}

/** Redrive came to the context object on that day. */
const REDRIVE = '2023-11-16';

/** A recorded value with anything in the places of what the recording replaced. */
export function pattern(value: Json, { placeholders = [], normalised = [], recorded }: Masked, path = '$'): unknown {
  const masks = (text: string) =>
    placeholders.some((placeholder) => text.includes(placeholder)) || /<[A-Za-z][\w.:(){} -]*>/.test(text);
  const walk = (each: Json, at: string): unknown => {
    if (typeof each === 'string') return normalised.includes(at) || masks(each) ? expect.anything() : each;
    if (Array.isArray(each)) return each.map((item, i) => walk(item, `${at}[${i}]`));
    if (typeof each !== 'object' || each === null) return each;
    const entries = Object.entries(each).map(([key, item]) => [
      key,
      walk(item, /^[A-Za-z_]\w*$/.test(key) ? `${at}.${key}` : `${at}[${JSON.stringify(key)}]`),
    ]);
    const object = Object.fromEntries(entries);
    // newer than the recording
    return recorded < REDRIVE && 'StartTime' in object ? expect.objectContaining(object) : object;
  };
  return walk(value, path);
}
