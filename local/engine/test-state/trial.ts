import { Branch } from '../branch';
import { type Ending, Fiber, Scheduler } from '../control/scheduler';
import { ErrorName, StateFailure } from '../failures';
import { History } from '../history/history';
import type { Clock, Host, Json } from '../host';
import type { JsonObject } from '../json';
import type { Run } from '../run';
import type { Variables } from '../scope';
import type { State, Transition } from '../states/state';
import { Visit } from '../visit';
import type { Inspection } from './inspection';

export interface TrialOptions {
  readonly host: Host;
  /** Ends a test that takes too long. */
  readonly clock: Clock;
  readonly executionArn: string;
  /** Execution and StateMachine of the context object. */
  readonly context: JsonObject;
  /** The whole context object, where the request brings its own. */
  readonly ownContext?: JsonObject;
  readonly variables: Variables;
  readonly inspection: Inspection;
}

/** How a state ended; `failure` beside `transition` is one that a catcher took. */
export interface Trial {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly transition?: Transition;
  readonly failure?: StateFailure;
}

/** AWS ends a test after five minutes. */
const MAX_MILLISECONDS = 300_000;

/** Runs one visit to a state that belongs to no execution. */
export function runTrial(state: State, input: Json, options: TrialOptions): Promise<Trial> {
  return new Promise((resolve, reject) => {
    const { inspection, variables, clock } = options;
    const run = runOf(options);
    const graph = { startAt: state.name, states: { [state.name]: state } };
    const visit = new TrialVisit(new Branch(run, graph, variables, 0), state, input, options);
    const cancelLimit = clock.schedule(clock.now() + MAX_MILLISECONDS, () => {
      fiber.abort();
      resolve({ status: 'FAILED', failure: new StateFailure(ErrorName.timeout, undefined) });
    });
    const fiber = new Fiber(run.scheduler, state.run(visit), (ending) => {
      cancelLimit();
      try {
        resolve(trialOf(ending, visit, inspection.caught));
      } catch (fault) {
        reject(fault);
      }
    });
    inspection.onRetry = (failure) => {
      cancelLimit();
      fiber.abort();
      resolve({ status: 'RETRIABLE', failure });
    };
    fiber.start();
  });
}

function runOf({ host, executionArn, context, inspection }: TrialOptions): Run {
  const run = {
    host,
    scheduler: new Scheduler(),
    history: new History(host.clock, Number.POSITIVE_INFINITY),
    executionArn,
    context,
    inspector: inspection,
    isOver: () => false,
    fail: () => {},
    mapRuns: [],
    launch: () => {
      throw new Error('the children of a state that is tested are mocked');
    },
  };
  return run;
}

function trialOf(ending: Ending<Transition>, visit: Visit, caught: StateFailure | undefined): Trial {
  if ('error' in ending) return { status: 'FAILED', failure: visit.failureOf(ending.error) };
  return caught === undefined
    ? { status: 'SUCCEEDED', transition: ending.value }
    : { status: 'CAUGHT_ERROR', transition: ending.value, failure: caught };
}

class TrialVisit extends Visit {
  constructor(
    branch: Branch,
    state: State,
    input: Json,
    private readonly options: TrialOptions,
  ) {
    super(branch, state, input, 0, options.host.clock.now());
  }

  protected override contextWith(map: JsonObject | undefined): JsonObject {
    const { ownContext } = this.options;
    if (ownContext === undefined) return super.contextWith(map);
    return map === undefined ? ownContext : { ...ownContext, Map: map };
  }

  /** There is no history that the cause could point into. */
  protected override describe(reason: string): string {
    return reason;
  }
}
