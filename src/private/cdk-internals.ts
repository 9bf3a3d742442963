import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';

// What CDK knows of a state and tells nobody. Where a version of CDK lacks a member, a check finds nothing and synthesis goes on;
// the test of this file fails then, and names the member.

/** The fields of a custom state that error handling depends on. */
export interface StateJson {
  readonly Type?: string;
  readonly QueryLanguage?: string;
  readonly Retry?: { readonly ErrorEquals?: string[] }[];
  readonly Catch?: { readonly ErrorEquals?: string[] }[];
}

/** Error names per retrier that was added to the state. */
export function retriedErrors(state: sfn.State): string[][] {
  const retries: sfn.RetryProps[] = state['retries'] ?? [];
  return retries.map(({ errors }) => errors ?? []);
}

/** Error names per catcher that was added to the state. */
export function caughtErrors(state: sfn.State): string[][] {
  const catches: { props: sfn.CatchProps }[] = state['catches'] ?? [];
  return catches.map(({ props }) => props.errors ?? []);
}

/** The query language that the state was made with; none where it leaves that to its machine. */
export function ownLanguage(state: sfn.State): sfn.QueryLanguage | undefined {
  return state['queryLanguage'];
}

/** What a custom state was written as. */
export function writtenJson(state: sfn.CustomState): StateJson | undefined {
  return state['stateJson'];
}

/** Whether the state belongs to a state machine, or to a branch or an iteration. */
export function hasGraph(state: sfn.State): boolean {
  return state['containingGraph'] !== undefined;
}

/** Where the state goes on at, error handlers left out. */
export function nextStates(state: sfn.State): sfn.State[] {
  return state['outgoingTransitions']?.({}) ?? [];
}
