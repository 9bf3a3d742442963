import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import { choiceTargets } from '../states/choice';
import type { Fields } from './fields';

interface Target {
  readonly target: Json | undefined;
  readonly location: string;
}

/** Checks that every transition leads to a state, and that every state is led to. */
export function checkTransitions(fields: Fields, startAt: string, states: JsonObject): void {
  if (!Object.hasOwn(states, startAt)) {
    fields.complain(`Missing 'StartAt' target: ${startAt}`, 'StartAt', 'MISSING_TRANSITION_TARGET');
    return;
  }
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states[name];
    if (reached.has(name) || !isObject(state)) continue;
    reached.add(name);
    for (const { target, location } of targetsOf(state)) {
      if (typeof target !== 'string') continue; // reported where the field is read
      if (Object.hasOwn(states, target)) open.push(target);
      else fields.complain(`Missing 'Next' target: ${target}`, `States/${name}/${location}`, 'MISSING_TRANSITION_TARGET');
    }
  }
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) fields.complain(`State "${name}" is not reachable.`, `States/${name}`, 'MISSING_TRANSITION_TARGET');
  }
}

function targetsOf(state: JsonObject): Target[] {
  if (state.Type === 'Choice') return choiceTargets(state);
  const catchers = Array.isArray(state.Catch) ? state.Catch : [];
  return [
    { target: state.Next, location: 'Next' },
    ...catchers.map((catcher, i) => ({ target: isObject(catcher) ? catcher.Next : undefined, location: `Catch[${i}]/Next` })),
  ];
}
