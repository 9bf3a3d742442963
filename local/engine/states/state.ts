import type { Step } from '../control/scheduler';
import type { Outcome } from '../data-flow';
import type { Visit } from '../visit';

export type StateType = 'Pass' | 'Choice' | 'Task' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** Where a state leads; `next` is absent where the branch ends. */
export interface Transition extends Outcome {
  readonly next?: string;
}

/** A compiled state. It holds nothing of any execution. */
export interface State {
  readonly name: string;
  readonly type: StateType;
  /** Works through one visit; throws where the state fails. */
  run(visit: Visit): Step<Transition>;
}

export function leadsTo({ output, assigned }: Outcome, next: string | undefined): Transition {
  return { output, assigned, next };
}
