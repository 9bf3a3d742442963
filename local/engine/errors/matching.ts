import type { Fields } from '../definition/fields';
import { ErrorName, type StateFailure } from '../failures';

export type Matcher = (failure: StateFailure) => boolean;

/** Compiles ErrorEquals. */
export function compileErrorEquals(fields: Fields): Matcher {
  fields.require('ErrorEquals');
  const names = (fields.array('ErrorEquals') ?? []).map(String);
  if (fields.has('ErrorEquals') && names.length === 0) fields.complain('The list must not be empty', 'ErrorEquals');
  return (failure) => names.some((name) => covers(name, failure));
}

function covers(name: string, failure: StateFailure): boolean {
  if (name === ErrorName.all) return true;
  if (name === ErrorName.taskFailed && failure.errorName !== ErrorName.timeout) return true;
  return name === failure.errorName || name === failure.alias;
}

/** States.Runtime ends the execution whatever Retry and Catch say. */
export function isFatal(failure: StateFailure): boolean {
  return failure.errorName === ErrorName.runtime;
}
