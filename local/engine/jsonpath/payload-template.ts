import { runtimeFailure } from '../failures';
import type { Json } from '../host';
import { compileCall } from '../intrinsics/call';
import { isObject, type JsonObject, setKey } from '../json';
import type { Scope } from '../scope';
import { PathNotFound } from './evaluate';
import { compilePath } from './path';

/** A compiled Parameters, ResultSelector, ItemSelector or Assign. */
export type Template = (data: Json, scope: Scope) => Json;

/** Reports that the value of a field is neither a path nor a call. */
export type Complain = (field: string, location: string) => void;

/** Compiles what is dynamic in `source`; what is not stays one shared constant. */
export function compileTemplate(source: Json, location: string, complain: Complain): Template {
  return compileValue(source, location, complain) ?? (() => source);
}

/** Undefined for what is constant. */
function compileValue(source: Json, location: string, complain: Complain): Template | undefined {
  if (Array.isArray(source)) return compileArray(source, location, complain);
  return isObject(source) ? compileObject(source, location, complain) : undefined;
}

function compileArray(source: readonly Json[], location: string, complain: Complain): Template | undefined {
  const items = source.map((item, i) => compileValue(item, `${location}[${i}]`, complain));
  if (items.every((item) => item === undefined)) return undefined;
  return (data, scope) => items.map((item, i) => (item === undefined ? source[i] : item(data, scope)));
}

function compileObject(source: JsonObject, location: string, complain: Complain): Template | undefined {
  const fields = Object.entries(source).map(([key, value]) => {
    if (!key.endsWith('.$')) return { key, value, template: compileValue(value, `${location}/${key}`, complain) };
    return { key: key.slice(0, -2), value, template: compileDynamic(key, value, location, complain) };
  });
  if (fields.every((field) => field.template === undefined)) return undefined;
  return (data, scope) => {
    const result: JsonObject = {};
    for (const { key, value, template } of fields) setKey(result, key, template === undefined ? value : template(data, scope));
    return result;
  };
}

function compileDynamic(field: string, source: Json, location: string, complain: Complain): Template {
  try {
    if (typeof source === 'string') return source.startsWith('$') ? compileField(field, source) : compileCallField(field, source);
  } catch {
    // reported below, in AWS's words
  }
  complain(field, location);
  return () => null;
}

/** Compiles a path whose absence AWS words as a field that could not be found. */
export function compileField(field: string, text: string): Template {
  const path = compilePath(text);
  return naming(field, text, (data, scope) => path.read(data, scope));
}

function compileCallField(field: string, text: string): Template {
  return naming(field, text, compileCall(text).evaluate);
}

function naming(field: string, text: string, read: Template): Template {
  return (data, scope) => {
    try {
      return read(data, scope);
    } catch (error) {
      if (!(error instanceof PathNotFound)) throw error;
      throw runtimeFailure(
        `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(data)}'`,
      );
    }
  };
}
