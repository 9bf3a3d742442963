import type { Host, Json } from './host';
import type { Inspector } from './inspector';
import type { JsonObject } from './json';

/** What an expression may look at besides its data. */
export interface Scope {
  readonly host: Host;
  /** The context object: `$$`, or `$states.context`. */
  readonly context: JsonObject;
  readonly variables: Variables;
  readonly inspector?: Inspector;
}

/** Never changed once made: assigning makes new ones, so whoever looked before keeps what it saw. */
export type Variables = { readonly [name: string]: Json };

export const NO_VARIABLES: Variables = Object.freeze(Object.create(null));

export function assign(variables: Variables, assigned: JsonObject): Variables {
  return Object.freeze(Object.assign(Object.create(null), variables, assigned));
}
