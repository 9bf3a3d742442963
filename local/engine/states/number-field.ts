import type { Eventual } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { ErrorName, EvaluationFailure, runtimeFailure } from '../failures';
import type { Json } from '../host';
import { isExpression } from '../jsonata/expression';
import { compileTyped } from '../jsonata/typed-field';
import { readField } from '../jsonpath/read-field';
import type { Scope } from '../scope';

/** The number that a field gives in this visit. */
export type NumberField = (input: Json, scope: Scope) => Eventual<number>;

/** Compiles an integer, given as such, by an expression or by the field of the same name with `Path`. */
export function compileInteger(fields: Fields, name: string, least: number): NumberField | undefined {
  if (fields.language === 'JSONata')
    return isExpression(fields.take(name)) ? expression(fields, name, least) : literal(fields, name, least);
  fields.atMostOne(name, `${name}Path`);
  return fields.has(`${name}Path`) ? path(fields, `${name}Path`) : literal(fields, name, least);
}

function literal(fields: Fields, name: string, least: number): NumberField | undefined {
  const value = fields.integer(name, least);
  return value === undefined ? undefined : () => value;
}

function path(fields: Fields, name: string): NumberField | undefined {
  const compiled = fields.path(name);
  if (!compiled) return undefined;
  return (input, scope) => {
    const value = readField(compiled, input, scope);
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && number < 0) throw runtimeFailure(`${name.slice(0, -'Path'.length)} cannot be negative.`);
    if (typeof number === 'number' && Number.isInteger(number)) return number;
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    throw runtimeFailure(`The ${name} field refers to value "${shown}" which is not a valid integer: ${compiled.text}`);
  };
}

function expression(fields: Fields, name: string, least: number): NumberField {
  const template = compileTyped(fields, name, 'number');
  return async (input, scope) => {
    const value = (await template?.({ input }, scope)) ?? null;
    if (Number.isInteger(value) && (value as number) >= least) return value as number;
    const reason = `The ${name} field must be an integer not less than ${least} but was: ${JSON.stringify(value)}`;
    throw new EvaluationFailure(ErrorName.queryEvaluation, reason, fields.placeInState(name));
  };
}
