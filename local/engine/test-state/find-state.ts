import type { QueryLanguage } from '../definition/fields';
import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import { invalid } from './refusal';

/** A state to test, and the language it has unless it names one itself. */
export interface Found {
  readonly source: JsonObject;
  readonly language: QueryLanguage;
}

/** Finds a state of a machine, in branches and item processors too. */
export function findState(machine: JsonObject, name: string): Found {
  const source = search(machine, name);
  if (source === undefined) throw invalid('State not found in definition');
  return { source, language: machine.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath' };
}

function search(graph: Json | undefined, name: string): JsonObject | undefined {
  if (!isObject(graph) || !isObject(graph.States)) return undefined;
  if (Object.hasOwn(graph.States, name) && isObject(graph.States[name])) return graph.States[name];
  for (const state of Object.values(graph.States).filter(isObject)) {
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const inner of [...branches, state.ItemProcessor, state.Iterator]) {
      const found = search(inner, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
