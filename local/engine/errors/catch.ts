import type { Eventual } from '../control/suspensions';
import type { Outcome } from '../data-flow';
import { compileJsonataAssign, compilePathAssign } from '../definition/assign';
import type { Fields } from '../definition/fields';
import type { StateFailure } from '../failures';
import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import type { Scope } from '../scope';
import { compileErrorEquals, type Matcher } from './matching';

export interface Catcher {
  readonly matches: Matcher;
  readonly next: string;
  finish(input: Json, failure: StateFailure, scope: Scope): Eventual<Outcome>;
}

export function compileCatch(fields: Fields): Catcher[] {
  return (fields.array('Catch') ?? []).flatMap((catcher, i) => {
    if (isObject(catcher)) return [compileCatcher(fields.nested(catcher, 'Catch', i))];
    fields.complain(`Expected an object but was: ${JSON.stringify(catcher)}`, `Catch[${i}]`);
    return [];
  });
}

function compileCatcher(fields: Fields): Catcher {
  fields.require('Next');
  const matches = compileErrorEquals(fields);
  const next = fields.string('Next') ?? '';
  const finish = fields.language === 'JSONata' ? inJsonata(fields) : inJsonPath(fields);
  fields.finish();
  return { matches, next, finish };
}

/** What `$` or `$states.errorOutput` is. A name or a cause that nobody gave is null. */
function errorOutput({ errorName, reason }: StateFailure): JsonObject {
  return { Error: errorName ?? null, Cause: reason ?? null };
}

function inJsonPath(fields: Fields): Catcher['finish'] {
  const resultPath = fields.referencePath('ResultPath');
  const assign = compilePathAssign(fields);
  return (input, failure, scope) => {
    const error = errorOutput(failure);
    const output = resultPath === undefined ? error : resultPath === null ? input : resultPath(input, error);
    return { output, assigned: assign?.(error, scope) };
  };
}

function inJsonata(fields: Fields): Catcher['finish'] {
  const output = fields.jsonataTemplate('Output');
  const assign = compileJsonataAssign(fields);
  return async (input, failure, scope) => {
    const error = errorOutput(failure);
    const states = { input, errorOutput: error };
    const assigned = await assign?.(states, scope);
    return { output: output === undefined ? error : await output(states, scope), assigned };
  };
}
