import { type Eventual, when } from '../control/suspensions';
import type { DataFlow, Outcome } from '../data-flow';
import { compileJsonataAssign } from '../definition/assign';
import type { Fields } from '../definition/fields';
import type { Json } from '../host';
import type { JsonObject } from '../json';
import type { Scope } from '../scope';

/** Which of the fields a state type has; Output and Assign go without saying. */
export interface JsonataFields {
  readonly arguments?: boolean;
  readonly assign?: boolean;
}

/** Arguments, Output and Assign; the latter two see the same snapshot of variables. */
export function compileJsonataFlow(fields: Fields, has: JsonataFields): DataFlow {
  const args = has.arguments ? fields.jsonataTemplate('Arguments') : undefined;
  const output = fields.jsonataTemplate('Output');
  const assign = has.assign === false ? undefined : compileJsonataAssign(fields);

  const outcome = (states: JsonObject, otherwise: Json, scope: Scope): Eventual<Outcome> => {
    if (output === undefined && assign === undefined) return { output: otherwise };
    return evaluate(states, otherwise, scope);
  };
  const evaluate = (states: JsonObject, otherwise: Json, scope: Scope): Eventual<Outcome> =>
    when(assign?.(states, scope), (assigned) =>
      when(output === undefined ? otherwise : output(states, scope), (value) => ({ output: value, assigned })),
    );

  return {
    select: (input) => input,
    prepare: (input, scope) => (args === undefined ? input : when(args({ input }, scope), (value) => seen(value, scope))),
    finish: (input, result, scope) => outcome({ input, result }, result, scope),
    passOn: (input, scope) => outcome({ input }, input, scope),
  };
}

function seen(args: Json, scope: Scope): Json {
  scope.inspector?.saw('afterArguments', args);
  return args;
}
