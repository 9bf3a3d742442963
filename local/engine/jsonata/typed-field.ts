import type { Fields } from '../definition/fields';
import { ErrorName, EvaluationFailure } from '../failures';
import { typeName } from '../json';
import { expressionText, isExpression } from './expression';
import type { Template } from './template';

/** Compiles a field whose expression has to give a value of one type. A literal is for the caller to check. */
export function compileTyped(fields: Fields, name: string, expected: 'array' | 'boolean' | 'number'): Template | undefined {
  const source = fields.take(name);
  const template = fields.jsonataTemplate(name);
  if (!isExpression(source) || template === undefined) return template;
  const location = fields.placeInState(name);
  return async (states, scope) => {
    const value = await template(states, scope);
    if (typeName(value) === expected) return value;
    throw new EvaluationFailure(
      ErrorName.queryEvaluation,
      `The JSONata expression '${expressionText(source)}' specified for the field '${location}' returned an unexpected result type. ` +
        `Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
      location,
    );
  };
}
