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

  const outcome = (output: Json, data: Json, scope: Scope): Outcome =>
    assign === undefined ? { output: leave(output, scope) } : { output: leave(output, scope), assigned: assign(data, scope) };

  return {
    select,
    prepare(input, scope) {
      const selected = select(input, scope);
      return parameters === undefined ? selected : parameters(selected, scope);
    },
    finish(input, raw, scope) {
      const result = selectResult === undefined ? raw : selectResult(raw, scope);
      if (resultPath === null) return outcome(input, result, scope);
      return outcome(resultPath === undefined ? result : resultPath(input, result), result, scope);
    },
    passOn(input, scope) {
      const selected = select(input, scope);
      return outcome(selected, selected, scope);
    },
  };
}

function selection(path: Path | null | undefined): Selection {
  if (path === undefined) return (data) => data;
  if (path === null) return () => ({});
  return (data, scope) => readField(path, data, scope);
}
