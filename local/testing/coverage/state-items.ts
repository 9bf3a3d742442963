import type { Json } from '../../engine/host';

/** A retrier or a catcher. */
export interface Handler {
  readonly label: string;
  readonly errorEquals: readonly string[];
  /** Where a catcher leads. */
  readonly next?: string;
}

/** What of one state a test can enter. */
export interface StateItems {
  readonly name: string;
  /** The name of the error that a Fail state ends with, where it is a literal. */
  readonly error?: string;
  readonly next?: string;
  /** The ways out of a Choice state, by the state that they lead to. */
  readonly branches: ReadonlyMap<string, string>;
  readonly retriers: readonly Handler[];
  readonly catchers: readonly Handler[];
}

type JsonObject = { [key: string]: Json };

/** The states of a definition by name, those in branches and item processors included. */
export function stateItems(definition: Json): Map<string, StateItems> {
  return new Map(statesOf(definition).map(([name, state]) => [name, itemsOf(name, state)]));
}

function statesOf(graph: Json | undefined): [string, JsonObject][] {
  if (!isObject(graph) || !isObject(graph.States)) return [];
  return Object.entries(graph.States).flatMap(([name, state]): [string, JsonObject][] => {
    if (!isObject(state)) return [];
    return [[name, state], ...[...list(state.Branches), state.ItemProcessor, state.Iterator].flatMap(statesOf)];
  });
}

function itemsOf(name: string, state: JsonObject): StateItems {
  const literal = typeof state.Error === 'string' && !state.Error.startsWith('{%') ? state.Error : undefined;
  return {
    name,
    ...(literal !== undefined && { error: literal }),
    ...(typeof state.Next === 'string' && { next: state.Next }),
    branches: branchesOf(name, state),
    retriers: handlers(name, 'Retry', state.Retry),
    catchers: handlers(name, 'Catch', state.Catch),
  };
}

/** A history names the state that a Choice led to and not the rule, so rules that lead to one state are one branch. */
function branchesOf(name: string, state: JsonObject): Map<string, string> {
  const ways = list(state.Choices).flatMap((rule, i) => (isObject(rule) ? [{ target: rule.Next, way: `Choices[${i}]` }] : []));
  if (state.Default !== undefined) ways.push({ target: state.Default, way: 'Default' });
  const byTarget = new Map<string, string[]>();
  for (const { target, way } of ways) byTarget.set(String(target), [...(byTarget.get(String(target)) ?? []), way]);
  return new Map([...byTarget].map(([target, names]) => [target, `${name} → ${target} (${names.join(', ')})`]));
}

function handlers(name: string, field: 'Retry' | 'Catch', given: Json | undefined): Handler[] {
  return list(given).flatMap((handler, i) => {
    if (!isObject(handler)) return [];
    const errorEquals = list(handler.ErrorEquals).map(String);
    const label = `${name}: ${field}[${i}] of ${errorEquals.join(', ')}`;
    return [{ label, errorEquals, ...(typeof handler.Next === 'string' && { next: handler.Next }) }];
  });
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
