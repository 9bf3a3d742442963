import jsonata from 'jsonata';
import type { Eventual } from '../control/suspensions';
import { ErrorName, EvaluationFailure } from '../failures';
import type { Json } from '../host';
import { type JsonObject, setKey } from '../json';
import { BoundedRegExp } from '../patterns/bounded-regexp';
import type { Scope } from '../scope';
import { FUNCTIONS, surroundings } from './functions';
import { type Names, namesIn } from './names';
import { compileShortcut } from './shortcut';
import { toJson } from './to-json';

/** Bounds of one evaluation. JSONata checks them at each step, so that an endless recursion ends as AWS ends it. */
const BOUNDS = { timeout: 1_000, stack: 1_000, sequence: 250_000 };

/** Evaluates what stands between `{%` and `%}`. */
export interface Expression {
  /** @param states `$states` without the context object */
  evaluate(states: JsonObject, scope: Scope): Eventual<Json>;
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
  const compiled = jsonata(text, { ...bounds, RegexEngine: BoundedRegExp as unknown as RegExpConstructor });
  const names = namesIn(compiled.ast());
  register(compiled, names.variables);
  const shortcut = compileShortcut(compiled.ast());
  const fail = (reason: string) =>
    new EvaluationFailure(
      ErrorName.queryEvaluation,
      `The JSONata expression '${text}' specified for the field '${location}' ${reason}`,
      location,
    );
  const evaluate = async (states: JsonObject, scope: Scope): Promise<Json> => {
    let json: Json | undefined;
    let value: unknown;
    try {
      value = await compiled.evaluate(undefined, bindings(names, states, scope));
      json = toJson(value);
    } catch (error) {
      throw fail(`threw an error during evaluation. ${messageOf(error)}`);
    }
    if (value === undefined) throw fail('returned nothing (undefined).');
    if (json === undefined) throw fail('returned an unsupported result type.');
    return json;
  };
  if (shortcut === undefined) return { evaluate };
  return {
    evaluate(states, scope) {
      const value = shortcut(states, scope);
      return value === undefined ? evaluate(states, scope) : value;
    },
  };
}

/** Adds what AWS adds to JSONata, takes out what it takes out, and lets time and chance come from the host. */
function register(compiled: jsonata.Expression, names: ReadonlySet<string>): void {
  for (const name of names) if (Object.hasOwn(FUNCTIONS, name)) compiled.registerFunction(name, FUNCTIONS[name]);
  compiled.assign('eval', undefined);
}

/** Only what the expression names: it has no other way to a variable. */
function bindings({ variables, context }: Names, states: JsonObject, scope: Scope): Record<string, unknown> {
  const bound: JsonObject = {};
  let calls = false;
  for (const name of variables) {
    if (name === 'states') bound.states = context ? { ...states, context: scope.context } : states;
    else if (Object.hasOwn(scope.variables, name)) setKey(bound, name, scope.variables[name]);
    else calls ||= Object.hasOwn(FUNCTIONS, name);
  }
  return calls ? Object.assign(bound, surroundings(scope.host)) : bound;
}

function messageOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined ? String(message) : `${code}: ${message}`;
}
