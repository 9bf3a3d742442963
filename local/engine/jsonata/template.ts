import type { Eventual } from '../control/suspensions';
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
  return async (states, scope) => {
    const result: Json[] = [];
    for (const [i, item] of items.entries()) result.push(item === undefined ? source[i] : await item(states, scope));
    return result;
  };
}

function compileObject(source: JsonObject, location: string, complain: Complain): Template | undefined {
  const fields = Object.entries(source).map(([key, value]) => ({
    key,
    value,
    template: compileValue(value, `${location}/${key}`, complain),
  }));
  if (fields.every((field) => field.template === undefined)) return undefined;
  return async (states, scope) => {
    const result: JsonObject = {};
    for (const { key, value, template } of fields) {
      setKey(result, key, template === undefined ? value : await template(states, scope));
    }
    return result;
  };
}
