import jsonata from 'jsonata';
import { ErrorName, EvaluationFailure } from '../failures';
import type { Json } from '../host';
import { type JsonObject, setKey } from '../json';
import type { Scope } from '../scope';
import { register, surroundings } from './functions';

/**
 * Bounds of one evaluation. JSONata checks them at each step, so an endless recursion ends as AWS ends it;
 * a single regular expression that backtracks without end cannot be interrupted within the process.
 */
const BOUNDS = { timeout: 5_000, stack: 1_000, sequence: 1_000_000 };

/** Evaluates what stands between `{%` and `%}`. */
export interface Expression {
  /** @param states `$states` without the context object */
  evaluate(states: JsonObject, scope: Scope): Promise<Json>;
}

const WRAPPED = /^\{%([\s\S]*)%\}$/;

export function isExpression(value: Json | undefined): value is string {
  return typeof value === 'string' && WRAPPED.test(value);
}

/** What stands between the marks, as causes show it. */
export function expressionText(source: string): string {
  return (WRAPPED.exec(source)?.[1] ?? source).trim();
}

/** Throws where the expression cannot be parsed. */
export function compileExpression(source: string, location: string, bounds = BOUNDS): Expression {
  const text = expressionText(source);
  const compiled = jsonata(text, bounds);
  register(compiled);
  const fail = (reason: string) =>
    new EvaluationFailure(
      ErrorName.queryEvaluation,
      `The JSONata expression '${text}' specified for the field '${location}' ${reason}`,
      location,
    );
  return {
    async evaluate(states, scope) {
      const bindings = { ...scope.variables, ...surroundings(scope.host), states: withContext(states, scope) };
      let value: unknown;
      try {
        value = await compiled.evaluate(undefined, bindings);
      } catch (error) {
        throw fail(`threw an error during evaluation. ${messageOf(error)}`);
      }
      if (value === undefined) throw fail('returned nothing (undefined).');
      const json = toJson(value);
      if (json === undefined) throw fail('returned an unsupported result type.');
      return json;
    },
  };
}

/** The context object is made when it is looked at, as few expressions do. */
function withContext(states: JsonObject, scope: Scope): object {
  return {
    ...states,
    get context() {
      return scope.context;
    },
  };
}

function messageOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined ? String(message) : `${code}: ${message}`;
}

/** A plain copy, free of JSONata's marks; undefined where the value or a part of it is a function. */
function toJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return arrayToJson(value);
  if (typeof value !== 'object' || '_jsonata_lambda' in value || '_jsonata_function' in value) return undefined;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const json = toJson(item);
    if (json === undefined) return undefined;
    setKey(copy, key, json);
  }
  return copy;
}

function arrayToJson(items: readonly unknown[]): Json[] | undefined {
  const copy: Json[] = [];
  for (const item of items) {
    const json = toJson(item);
    if (json === undefined) return undefined;
    copy.push(json);
  }
  return copy;
}
