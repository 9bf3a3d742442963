import type { Eventual } from './control/suspensions';
import type { Json } from './host';
import type { JsonObject } from './json';
import type { Scope } from './scope';

/** What a state leaves behind. */
export interface Outcome {
  readonly output: Json;
  /** Variables to assign; absent where the state assigns none. */
  readonly assigned?: JsonObject;
}

/** How data goes into a state and out of it, in either query language. */
export interface DataFlow {
  /** The part of the input that the state works on. */
  select(input: Json, scope: Scope): Json;
  /** What the state works with: Parameters or Arguments, evaluated. */
  prepare(input: Json, scope: Scope): Eventual<Json>;
  /** What comes out of a state that has a result. */
  finish(input: Json, result: Json, scope: Scope): Eventual<Outcome>;
  /** What comes out of a state that only passes its input on. */
  passOn(input: Json, scope: Scope): Eventual<Outcome>;
}
