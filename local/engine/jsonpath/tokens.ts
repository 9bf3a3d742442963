import type { Json } from '../host';

/** One step of a path. */
export type Token =
  | { readonly kind: 'property'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly accepts: Predicate };

/** @param root what `$` means inside the filter */
export type Predicate = (item: Json, root: Json) => boolean;

/** Whether a token leads to at most one value. */
export function isDefinite(token: Token): boolean {
  return token.kind === 'property' || (token.kind === 'index' && token.indexes.length === 1);
}

/** The token as json-path writes it in its messages. */
export function tokenText(token: Token): string {
  switch (token.kind) {
    case 'property':
      return `[${token.names.map((name) => `'${name}'`).join(',')}]`;
    case 'index':
      return `[${token.indexes.join(',')}]`;
    case 'slice':
      return `[${token.from ?? ''}:${token.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'scan':
      return '..';
    case 'filter':
      return '[?]';
  }
}
