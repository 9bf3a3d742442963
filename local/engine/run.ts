import type { Scheduler } from './control/scheduler';
import type { Execution, ExecutionOptions } from './execution';
import type { StateFailure } from './failures';
import type { History } from './history/history';
import type { Host } from './host';
import type { Inspector } from './inspector';
import type { JsonObject } from './json';
import type { Machine } from './machine';
import type { MapRun } from './map-run/map-run';

/** What all branches of one execution share. */
export interface Run {
  readonly host: Host;
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly executionArn: string;
  /** The parts of the context object that stay: Execution and StateMachine. */
  readonly context: JsonObject;
  readonly inspector?: Inspector;
  /** The runs of distributed Map states so far. */
  readonly mapRuns: MapRun[];
  isOver(): boolean;
  /** Ends all of it at once, by a failure that nothing catches. */
  fail(failure: StateFailure): void;
  /** Makes an execution of its own, as distributed Map has for its items. It is not started. */
  launch(machine: Machine, options: Omit<ExecutionOptions, 'host' | 'roleArn'>): Execution;
}
