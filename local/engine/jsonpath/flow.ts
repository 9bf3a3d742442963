import type { DataFlow, Outcome } from '../data-flow';
import { compilePathAssign } from '../definition/assign';
import type { Fields } from '../definition/fields';
import type { Json } from '../host';
import type { Scope } from '../scope';
import type { Path } from './path';
import { readField } from './read-field';

/** Which of the fields a state type has; InputPath, OutputPath and Assign go without saying. */
export interface JsonPathFields {
  readonly parameters?: boolean;
  readonly resultSelector?: boolean;
  readonly resultPath?: boolean;
  readonly assign?: boolean;
}

type Selection = (data: Json, scope: Scope) => Json;

/** InputPath, Parameters, ResultSelector, ResultPath, OutputPath and Assign. */
export function compileJsonPathFlow(fields: Fields, has: JsonPathFields): DataFlow {
  const select = selection(fields.path('InputPath'));
  const leave = selection(fields.path('OutputPath'));
  const parameters = has.parameters ? fields.payloadTemplate('Parameters') : undefined;
  const selectResult = has.resultSelector ? fields.payloadTemplate('ResultSelector') : undefined;
  const resultPath = has.resultPath ? fields.referencePath('ResultPath') : undefined;
  const assign = has.assign === false ? undefined : compilePathAssign(fields);

  const place = (input: Json, result: Json): Json => {
    if (resultPath === null) return input;
    return resultPath === undefined ? result : resultPath(input, result);
  };
  const outcome = (output: Json, data: Json, scope: Scope): Outcome =>
    assign === undefined ? { output: leave(output, scope) } : { output: leave(output, scope), assigned: assign(data, scope) };

  const selectSeen: Selection = (input, scope) => seen(scope, 'afterInputPath', select(input, scope));

  return {
    select: selectSeen,
    prepare(input, scope) {
      const selected = selectSeen(input, scope);
      return seen(scope, 'afterParameters', parameters === undefined ? selected : parameters(selected, scope));
    },
    finish(input, raw, scope) {
      const result = seen(scope, 'afterResultSelector', selectResult === undefined ? raw : selectResult(raw, scope));
      return outcome(seen(scope, 'afterResultPath', place(input, result)), result, scope);
    },
    passOn(input, scope) {
      const selected = selectSeen(input, scope);
      return outcome(selected, selected, scope);
    },
  };
}

function seen(scope: Scope, step: string, value: Json): Json {
  scope.inspector?.saw(step, value);
  return value;
}

function selection(path: Path | null | undefined): Selection {
  if (path === undefined) return (data) => data;
  if (path === null) return () => ({});
  return (data, scope) => readField(path, data, scope);
}
