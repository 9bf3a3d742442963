import type { MachineType, QueryLanguage } from './definition/fields';
import type { State } from './states/state';

/** Compiled states and where they start: a machine, a branch or an item processor. */
export interface Graph {
  readonly startAt: string;
  readonly states: Readonly<Record<string, State>>;
}

/** A compiled definition: executed as often as wanted, changed by none of the executions. */
export interface Machine extends Graph {
  readonly type: MachineType;
  readonly queryLanguage: QueryLanguage;
  readonly comment?: string;
  readonly timeoutSeconds?: number;
}
