import type { Eventual } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { ErrorName, EvaluationFailure, runtimeFailure } from '../failures';
import type { Json } from '../host';
import { isExpression } from '../jsonata/expression';
import { compileTyped } from '../jsonata/typed-field';
import { readField } from '../jsonpath/read-field';
import type { Scope } from '../scope';

/** The items that a Map state iterates over. */
export type Items = (data: Json, scope: Scope) => Eventual<Json[]>;

export function compileItems(fields: Fields): Items {
  return fields.language === 'JSONata' ? compileJsonataItems(fields) : compilePathItems(fields);
}

function compilePathItems(fields: Fields): Items {
  const path = fields.path('ItemsPath');
  return (data, scope) => {
    const items = path ? readField(path, data, scope) : data;
    if (Array.isArray(items)) return items;
    throw runtimeFailure(`Reference path "${path?.text ?? '$'}" must point to array.`);
  };
}

function compileJsonataItems(fields: Fields): Items {
  const source = fields.take('Items');
  if (source !== undefined && !Array.isArray(source) && !isExpression(source)) {
    fields.complain(`Expected an array or a JSONata expression but was: ${JSON.stringify(source)}`, 'Items');
  }
  const template = compileTyped(fields, 'Items', 'array');
  if (template !== undefined) return async (input, scope) => (await template({ input }, scope)) as Json[];
  return (input) => {
    if (Array.isArray(input)) return input;
    throw new EvaluationFailure(ErrorName.queryEvaluation, `Map state input must be an array but was: ${JSON.stringify(input)}`);
  };
}
