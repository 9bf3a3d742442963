import type { StateFailure } from './failures';
import type { Json } from './host';

/** Looks on while a single state is tested; a state of an execution has none. */
export interface Inspector {
  /** Retries that count as done before the test. */
  readonly retriesBefore: number;
  /** A step of the data flow, by AWS's name of it: `afterInputPath`. */
  saw(step: string, value: Json): void;
  /** A retrier matches a failure. @param delay milliseconds until the next attempt; absent where none is left */
  retrying(failure: StateFailure, retrier: number, delay?: number): void;
  /** A catcher matches a failure. */
  catching(failure: StateFailure, catcher: number): void;
}
