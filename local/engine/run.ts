import type { Scheduler } from './control/scheduler';
import type { History } from './history/history';
import type { Host } from './host';
import type { JsonObject } from './json';

/** What all branches of one execution share. */
export interface Run {
  readonly host: Host;
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly executionArn: string;
  /** The parts of the context object that stay: Execution and StateMachine. */
  readonly context: JsonObject;
  /** Whether the number of events is limited, as it is for Standard. */
  readonly limited: boolean;
  /** Whether the execution was ended from outside. */
  stopped: boolean;
}
