import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { caughtErrors, nextStates, ownLanguage, retriedErrors, type StateJson, writtenJson } from './cdk-internals';
import { invalid } from './invalid';

/** A Task, Parallel, Map or custom state: what the Amazon States Language gives Retry and Catch. */
export interface FallibleState extends sfn.State {
  addRetry(props?: sfn.RetryProps): FallibleState;
  addCatch(handler: sfn.IChainable, props?: sfn.CatchProps): FallibleState;
}

/** The state itself, or the states of a chain or fragment, which can retry and catch. */
export function fallibleStates(target: sfn.IChainable): FallibleState[] {
  return statesOf(target).filter(isFallible);
}

/** Error names per handler the state has, in the order in which they are rendered: CDK's own before a custom state's. */
export function handledErrors(state: FallibleState, kind: 'Retry' | 'Catch'): { added: string[][]; custom: string[][] } {
  return {
    // not read from the rendered state: rendering it before its machine does would run code of its author early
    added: kind === 'Retry' ? retriedErrors(state) : caughtErrors(state),
    custom: customJson(state)?.[kind]?.map((handler) => handler.ErrorEquals ?? []) ?? [],
  };
}

/** `States.ALL` matches whatever comes to it, so AWS takes it alone and last. */
export function checkStatesAllIsLast(state: FallibleState, kind: 'Retry' | 'Catch', errors: string[]): void {
  const { added, custom } = handledErrors(state, kind);
  if (added.some((names) => names.includes(sfn.Errors.ALL))) {
    throw invalid(
      'errors',
      errors,
      `state '${state.stateId}' has a ${kind} for States.ALL, which must be last: add this one first`,
      state,
    );
  }
  if (errors.includes(sfn.Errors.ALL) && custom.length > 0) {
    const fix = `the ${kind} in the stateJson of '${state.stateId}' is rendered behind it, and States.ALL must be last: move it there`;
    throw invalid('errors', errors, fix, state);
  }
}

/** Whether the state is written in JSONata, whatever machine it ends up in. */
export function isJsonata(state: FallibleState): boolean {
  return (customJson(state)?.QueryLanguage ?? ownLanguage(state)) === sfn.QueryLanguage.JSONATA;
}

/** Whether the state was written as JSON. */
export function isCustom(state: sfn.State): state is sfn.CustomState {
  return state instanceof sfn.CustomState;
}

/** What is reached from the start without leaving an end: what was chained behind the target is not of it. */
export function statesOf(target: sfn.IChainable): sfn.State[] {
  if (target instanceof sfn.State) {
    return [target];
  }
  // State.findReachableStates does not stop at the ends, and taking away what lies behind them takes loops away
  const ends = new Set<unknown>(target.endStates);
  const states = new Set([target.startState]);
  // a set yields what is added to it while it is walked
  for (const state of states) {
    for (const next of ends.has(state) ? [] : nextStates(state)) {
      states.add(next);
    }
  }
  return [...states];
}

const FALLIBLE_TYPES = ['Task', 'Parallel', 'Map'];

function isFallible(state: sfn.State): state is FallibleState {
  const custom = customJson(state);
  return custom ? FALLIBLE_TYPES.includes(custom.Type ?? '') : 'addRetry' in state && 'addCatch' in state;
}

function customJson(state: sfn.State): StateJson | undefined {
  return isCustom(state) ? writtenJson(state) : undefined;
}
