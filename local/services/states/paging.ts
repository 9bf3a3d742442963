import { createHash } from 'node:crypto';
import { invalidToken } from './errors';

const DEFAULT_PAGE = 100;

export interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/**
 * One page of a list, and the token of the next.
 *
 * @param items all items, in the order of the list
 * @param keyOf what tells where an item stands, whatever comes or goes before it: increases along the list
 * @param scope the arguments of the request, all that must stay the same from page to page
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string | number,
  scope: readonly unknown[],
  { maxResults, nextToken }: PageRequest,
): { readonly page: readonly T[]; readonly nextToken?: string } {
  const after = nextToken === undefined ? undefined : readToken(nextToken, scope);
  const start = after === undefined ? 0 : firstAfter(items, keyOf, after);
  const end = start + (maxResults || DEFAULT_PAGE);
  const page = items.slice(start, end);
  return end < items.length ? { page, nextToken: writeToken(keyOf(items[end - 1]), scope) } : { page };
}

function firstAfter<T>(items: readonly T[], keyOf: (item: T) => string | number, after: string | number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(items[middle]) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

function writeToken(key: string | number, scope: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([digest(scope), key])).toString('base64');
}

function readToken(token: string, scope: readonly unknown[]): string | number {
  try {
    const [found, key] = JSON.parse(Buffer.from(token, 'base64').toString()) as unknown[];
    if (found === digest(scope) && (typeof key === 'string' || typeof key === 'number')) return key;
  } catch {
    // whatever it is, it was not handed out here
  }
  throw invalidToken();
}

function digest(scope: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(scope)).digest('base64url').slice(0, 16);
}
