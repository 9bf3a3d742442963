import type { Scheduler } from './control/scheduler';
import type { StateFailure } from './failures';
import type { History } from './history/history';
import type { Host } from './host';
import type { Inspector } from './inspector';
import type { JsonObject } from './json';

/** What all branches of one execution share. */
export interface Run {
  readonly host: Host;
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly executionArn: string;
  /** The parts of the context object that stay: Execution and StateMachine. */
  readonly context: JsonObject;
  readonly inspector?: Inspector;
  isOver(): boolean;
  /** Ends all of it at once, by a failure that nothing catches. */
  fail(failure: StateFailure): void;
}
