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

/** What numbers a field takes. */
export interface NumberKind {
  readonly noun: 'integer' | 'float';
  readonly least: number;
  readonly most: number;
  /** What AWS says to a number that a path leads to. */
  readonly objection?: (name: string, value: number) => string | undefined;
}

const MOST = 99_999_999;

/** Compiles an integer, given as such, by an expression or by the field of the same name with `Path`. */
export function compileInteger(fields: Fields, name: string, least: number): NumberField | undefined {
  const objection = (field: string, value: number) => (value < 0 ? `${field} cannot be negative.` : undefined);
  return compileNumber(fields, name, { noun: 'integer', least, most: MOST, objection });
}

export function compilePercentage(fields: Fields, name: string): NumberField | undefined {
  const objection = (field: string, value: number) =>
    value < 0 || value > 100 ? `${field} must be between 0 and 100.` : undefined;
  return compileNumber(fields, name, { noun: 'float', least: 0, most: 100, objection });
}

export function compileNumber(fields: Fields, name: string, kind: NumberKind): NumberField | undefined {
  if (fields.language === 'JSONata')
    return isExpression(fields.take(name)) ? expression(fields, name, kind) : literal(fields, name, kind);
  fields.atMostOne(name, `${name}Path`);
  return fields.has(`${name}Path`) ? path(fields, name, kind) : literal(fields, name, kind);
}

function literal(fields: Fields, name: string, { noun, least, most }: NumberKind): NumberField | undefined {
  const value = noun === 'integer' ? fields.integer(name, least, most) : fields.number(name, least, most);
  return value === undefined ? undefined : () => value;
}

function path(fields: Fields, name: string, { noun, objection }: NumberKind): NumberField | undefined {
  const compiled = fields.path(`${name}Path`);
  if (!compiled) return undefined;
  return (input, scope) => {
    const value = readField(compiled, input, scope);
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number') {
      const reason = objection?.(name, number);
      if (reason !== undefined) throw runtimeFailure(reason);
      if (noun === 'float' || Number.isInteger(number)) return number;
    }
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    throw runtimeFailure(`The ${name}Path field refers to value "${shown}" which is not a valid ${noun}: ${compiled.text}`);
  };
}

function expression(fields: Fields, name: string, { noun, least, most }: NumberKind): NumberField {
  const template = compileTyped(fields, name, 'number');
  return async (input, scope) => {
    const value = ((await template?.({ input }, scope)) ?? null) as number;
    if ((noun === 'float' || Number.isInteger(value)) && value >= least && value <= most) return value;
    const range = noun === 'integer' ? `an integer not less than ${least}` : `a number from ${least} to ${most}`;
    const reason = `The ${name} field must be ${range} but was: ${JSON.stringify(value)}`;
    throw new EvaluationFailure(ErrorName.queryEvaluation, reason, fields.placeInState(name));
  };
}
