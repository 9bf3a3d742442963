import type { Clock } from '../host';
import type { Step, Suspension } from './scheduler';

const nothingToGiveUp = () => {};

/** A value, or the promise of one: JSONPath and most tasks of a test answer at once, JSONata never does. */
export type Eventual<T> = T | PromiseLike<T>;

function isPromise<T>(value: Eventual<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined | null)?.then === 'function';
}

/** Waits for a promise; goes on at once with anything else. */
export function* settled<T>(value: Eventual<T>): Step<T> {
  if (!isPromise(value)) return value;
  return (yield ({ resume, fail }) => {
    value.then(resume, fail);
    return nothingToGiveUp;
  }) as T;
}

/** Waits until the clock shows `at`. */
export function* until(clock: Clock, at: number): Step<void> {
  yield ({ resume }) => clock.schedule(at, () => resume());
}

/** Lets the others that are ready go first. */
export const turn: Suspension = ({ resume }) => {
  resume();
  return nothingToGiveUp;
};
