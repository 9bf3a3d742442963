import type { Json } from '../engine/host';

/** A text as it is, anything else as JSON: `String` would call a `toString` that a request brings along. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
