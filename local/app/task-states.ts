import type { Json } from '../engine/host';

/** A Task state of a definition, wherever it is nested. */
export interface TaskState {
  readonly name: string;
  readonly resource: string;
  /** `FunctionName` of a Lambda integration, where it is a literal. */
  readonly functionName?: string;
}

type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The Task states of a definition, those in branches and item processors included. */
export function taskStates(definition: Json): TaskState[] {
  if (!isObject(definition) || !isObject(definition.States)) return [];
  return Object.entries(definition.States).flatMap(([name, state]) => (isObject(state) ? inState(name, state) : []));
}

function inState(name: string, state: JsonObject): TaskState[] {
  if (state.Type === 'Task') {
    const given = isObject(state.Arguments) ? state.Arguments : isObject(state.Parameters) ? state.Parameters : {};
    const functionName =
      typeof given.FunctionName === 'string' && !given.FunctionName.startsWith('{%') ? given.FunctionName : undefined;
    return [{ name, resource: String(state.Resource), ...(functionName !== undefined && { functionName }) }];
  }
  const branches = Array.isArray(state.Branches) ? state.Branches : [];
  return [...branches, state.ItemProcessor ?? null, state.Iterator ?? null].flatMap(taskStates);
}
