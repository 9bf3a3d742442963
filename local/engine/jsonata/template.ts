import { type Eventual, isPromise } from '../control/suspensions';
import type { Json } from '../host';
import { isObject, type JsonObject, setKey } from '../json';
import type { Scope } from '../scope';
import { compileExpression, isExpression } from './expression';

/** A compiled Arguments, Output, Assign, Items or ItemSelector. */
export type Template = (states: JsonObject, scope: Scope) => Eventual<Json>;

/** Reports an expression that cannot be parsed. */
export type Complain = (location: string, reason: string) => void;

/** Compiles the expressions in `source`; what holds none stays one shared constant. */
export function compileTemplate(source: Json, location: string, complain: Complain): Template {
  return compileValue(source, location, complain) ?? (() => source);
}

/** Undefined for what holds no expression. */
function compileValue(source: Json, location: string, complain: Complain): Template | undefined {
  if (isExpression(source)) return compileText(source, location, complain);
  if (Array.isArray(source)) return compileArray(source, location, complain);
  return isObject(source) ? compileObject(source, location, complain) : undefined;
}

function compileText(source: string, location: string, complain: Complain): Template | undefined {
  try {
    return compileExpression(source, location).evaluate;
  } catch (error) {
    complain(location, (error as Error).message);
    return undefined;
  }
}

function compileArray(source: readonly Json[], location: string, complain: Complain): Template | undefined {
  const items = source.map((item, i) => compileValue(item, `${location}[${i}]`, complain));
  if (items.every((item) => item === undefined)) return undefined;
  return (states, scope) =>
    each(
      items.length,
      (i) => evaluated(items[i], source[i], states, scope),
      (values) => values,
    );
}

function compileObject(source: JsonObject, location: string, complain: Complain): Template | undefined {
  const fields = Object.entries(source).map(([key, value]) => ({
    key,
    value,
    template: compileValue(value, `${location}/${key}`, complain),
  }));
  if (fields.every((field) => field.template === undefined)) return undefined;
  return (states, scope) =>
    each(
      fields.length,
      (i) => evaluated(fields[i].template, fields[i].value, states, scope),
      (values) => {
        const result: JsonObject = {};
        for (let i = 0; i < values.length; i++) setKey(result, fields[i].key, values[i]);
        return result;
      },
    );
}

function evaluated(template: Template | undefined, constant: Json, states: JsonObject, scope: Scope): Eventual<Json> {
  return template === undefined ? constant : template(states, scope);
}

/** Makes one value after the other, and something of all; a promise only where one of the values is one. */
function each(count: number, make: (index: number) => Eventual<Json>, combine: (values: Json[]) => Json): Eventual<Json> {
  const values: Json[] = [];
  const go = (): Eventual<Json> => {
    while (values.length < count) {
      const value = make(values.length);
      if (isPromise(value)) return value.then(next);
      values.push(value);
    }
    return combine(values);
  };
  const next = (value: Json): Eventual<Json> => {
    values.push(value);
    return go();
  };
  return go();
}
