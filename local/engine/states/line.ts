import type { Branch } from '../branch';
import type { Json } from '../host';

/** A branch of Parallel or an iteration of Map that was begun. */
export interface Line {
  readonly branch: Branch;
  readonly input: Json;
  /** Present once it has succeeded: a redrive leaves it alone. */
  output?: Json;
}
