import type { Fields } from '../definition/fields';
import type { Json } from '../host';
import { isObject } from '../json';
import { PathNotFound } from '../jsonpath/evaluate';
import { compilePath, type Path } from '../jsonpath/path';
import { readOr } from '../jsonpath/read-field';
import type { Scope } from '../scope';
import { parseTimestamp } from '../states/timestamp';
import { COMPARATORS, type Comparator, expectedType, PATH_COMPARATORS, TYPE_TESTS } from './comparators';

/** A compiled boolean expression of a choice rule in JSONPath. */
export type Condition = (data: Json, scope: Scope) => boolean;

const never: Condition = () => false;

/** Compiles a comparison, or a combination of them by And, Or and Not. */
export function compileCondition(fields: Fields): Condition {
  if (fields.has('And')) return every(nestedAll(fields, 'And'));
  if (fields.has('Or')) return some(nestedAll(fields, 'Or'));
  if (fields.has('Not')) return not(nested(fields, fields.take('Not'), 'Not'));
  return compileComparison(fields);
}

function every(conditions: readonly Condition[]): Condition {
  return (data, scope) => conditions.every((condition) => condition(data, scope));
}

function some(conditions: readonly Condition[]): Condition {
  return (data, scope) => conditions.some((condition) => condition(data, scope));
}

function not(condition: Condition): Condition {
  return (data, scope) => !condition(data, scope);
}

function nestedAll(fields: Fields, name: string): Condition[] {
  const items = fields.array(name) ?? [];
  if (items.length === 0) fields.complain('The list must not be empty', name);
  return items.map((item, i) => nested(fields, item, name, i));
}

function nested(fields: Fields, source: Json | undefined, ...path: (string | number)[]): Condition {
  if (!isObject(source)) {
    fields.complain(`Expected an object but was: ${JSON.stringify(source)}`, path.join('/'));
    return never;
  }
  const inner = fields.nested(source, ...path);
  const condition = compileCondition(inner);
  inner.finish();
  return condition;
}

function compileComparison(fields: Fields): Condition {
  fields.require('Variable');
  const variable = fields.path('Variable');
  const operators = Object.keys(fields.source).filter(isOperator);
  if (operators.length !== 1)
    fields.complain(`Exactly one comparison operator is required but there are: [${operators.join(', ')}]`);
  if (!variable || operators.length !== 1) return never;
  const [operator] = operators;
  if (operator === 'IsPresent') return presence(variable, fields.boolean(operator) ?? true);
  const read = (data: Json, scope: Scope) => readVariable(variable, data, scope);
  if (operator in TYPE_TESTS) {
    const wanted = fields.boolean(operator) ?? true;
    return (data, scope) => TYPE_TESTS[operator](read(data, scope)) === wanted;
  }
  if (operator in PATH_COMPARATORS) return comparePath(fields, operator, PATH_COMPARATORS[operator], read);
  const matches = COMPARATORS[operator](constant(fields, operator));
  return (data, scope) => matches(read(data, scope));
}

function isOperator(name: string): boolean {
  return name === 'IsPresent' || [TYPE_TESTS, COMPARATORS, PATH_COMPARATORS].some((table) => Object.hasOwn(table, name));
}

function presence(variable: Path, wanted: boolean): Condition {
  return (data, scope) => isPresent(variable, data, scope) === wanted;
}

function isPresent(variable: Path, data: Json, scope: Scope): boolean {
  try {
    variable.read(data, scope);
    return true;
  } catch (error) {
    if (error instanceof PathNotFound) return false;
    throw error;
  }
}

function readVariable(path: Path, data: Json, scope: Scope): Json {
  return readOr(
    path,
    data,
    scope,
    () => `Invalid path '${path.text}': The choice state's condition path references an invalid value.`,
  );
}

function comparePath(
  fields: Fields,
  operator: string,
  comparator: Comparator,
  read: (data: Json, scope: Scope) => Json,
): Condition {
  const other = compileOther(fields, operator);
  return (data, scope) => comparator(readVariable(other, data, scope))(read(data, scope));
}

function compileOther(fields: Fields, operator: string): Path {
  return fields.path(operator) ?? compilePath('$');
}

function constant(fields: Fields, operator: string): Json {
  const value = fields.take(operator) as Json;
  const type = expectedType(operator);
  const fits = type === 'timestamp' ? typeof value === 'string' && parseTimestamp(value) !== undefined : typeof value === type;
  if (!fits) fields.complain(`Expected a ${type} but was: ${JSON.stringify(value)}`, operator);
  return value;
}
