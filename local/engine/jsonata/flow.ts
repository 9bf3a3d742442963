import type { Eventual } from '../control/suspensions';
import type { DataFlow, Outcome } from '../data-flow';
import { compileJsonataAssign } from '../definition/assign';
import type { Fields } from '../definition/fields';
import type { Json } from '../host';
import type { JsonObject } from '../json';
import type { Scope } from '../scope';
import type { Template } from './template';

/** Which of the fields a state type has; Output and Assign go without saying. */
export interface JsonataFields {
  readonly arguments?: boolean;
  readonly assign?: boolean;
}

/** Arguments, Output and Assign; the latter two see the same snapshot of variables. */
async function prepare(args: Template, input: Json, scope: Scope): Promise<Json> {
  const value = await args({ input }, scope);
  scope.inspector?.saw('afterArguments', value);
  return value;
}
export function compileJsonataFlow(fields: Fields, has: JsonataFields): DataFlow {
  const args = has.arguments ? fields.jsonataTemplate('Arguments') : undefined;
  const output = fields.jsonataTemplate('Output');
  const assign = has.assign === false ? undefined : compileJsonataAssign(fields);

  const outcome = (states: JsonObject, otherwise: Json, scope: Scope): Eventual<Outcome> => {
    if (output === undefined && assign === undefined) return { output: otherwise };
    return evaluate(states, otherwise, scope);
  };
  const evaluate = async (states: JsonObject, otherwise: Json, scope: Scope): Promise<Outcome> => ({
    assigned: assign === undefined ? undefined : await assign(states, scope),
    output: output === undefined ? otherwise : await output(states, scope),
  });

  return {
    select: (input) => input,
    prepare: (input, scope) => (args === undefined ? input : prepare(args, input, scope)),
    finish: (input, result, scope) => outcome({ input, result }, result, scope),
    passOn: (input, scope) => outcome({ input }, input, scope),
  };
}
