import type { Clock } from '../host';
import type { Step, Suspension } from './scheduler';

const nothingToGiveUp = () => {};

/** A value, or the promise of one: JSONPath and most tasks of a test answer at once, JSONata for simple expressions alone. */
export type Eventual<T> = T | PromiseLike<T>;

export function isPromise<T>(value: Eventual<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined | null)?.then === 'function';
}

/** Goes on with a value once it is there. */
export function when<T, R>(value: Eventual<T>, go: (value: T) => Eventual<R>): Eventual<R> {
  return isPromise(value) ? value.then(go) : go(value);
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
