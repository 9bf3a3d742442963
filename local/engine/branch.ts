import type { Step } from './control/scheduler';
import { turn } from './control/suspensions';
import { ErrorName, StateFailure } from './failures';
import type { EventDetails } from './history/events';
import { MAX_EVENTS } from './history/history';
import type { Json } from './host';
import { exceedsBytes, type JsonObject } from './json';
import type { Graph } from './machine';
import type { Run } from './run';
import { assign, type Variables } from './scope';
import type { State, Transition } from './states/state';
import { Visit } from './visit';

/** What a state may put out: 256 KB of JSON text. */
export const MAX_PAYLOAD_BYTES = 262_144;

export function dataLimitExceeded(what: string): StateFailure {
  return new StateFailure(
    ErrorName.dataLimitExceeded,
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** One line of states: the machine itself, a branch of Parallel or an iteration of Map. */
export class Branch {
  constructor(
    readonly run: Run,
    private readonly graph: Graph,
    public variables: Variables,
    public lastEventId: number,
    /** `$$.Map`, inside an iteration. */
    readonly mapItem?: JsonObject,
  ) {}

  /** Goes from state to state, to the output of the last; throws how a state failed. */
  *walk(start: Json): Step<Json> {
    let input = start;
    for (let name: string | undefined = this.graph.startAt; name !== undefined; ) {
      const state: State = this.graph.states[name];
      const transition: Transition = yield* this.pass(state, input);
      input = transition.output;
      name = transition.next;
      if (this.run.scheduler.contended) yield turn;
    }
    return input;
  }

  record(type: string, details?: EventDetails): number {
    if (this.run.limited && this.run.history.events.length >= MAX_EVENTS - 1) {
      throw new StateFailure(ErrorName.runtime, `The execution reached the maximum number of history events (${MAX_EVENTS}).`);
    }
    this.lastEventId = this.run.history.record(type, this.lastEventId, details).id;
    return this.lastEventId;
  }

  private *pass(state: State, input: Json): Step<Transition> {
    const entered = this.record(`${state.type}StateEntered`, { name: state.name, input });
    const visit = new Visit(this, state, input, entered, this.run.host.clock.now());
    try {
      const transition = yield* state.run(visit);
      this.leave(state, input, transition);
      return transition;
    } catch (error) {
      throw visit.failureOf(error);
    }
  }

  private leave(state: State, input: Json, { output, assigned }: Transition): void {
    if (output !== input && exceedsBytes(output, MAX_PAYLOAD_BYTES)) throw dataLimitExceeded(state.name);
    const details = { name: state.name, output };
    if (assigned === undefined || Object.keys(assigned).length === 0) {
      this.record(`${state.type}StateExited`, details);
      return;
    }
    this.record(`${state.type}StateExited`, { ...details, assignedVariables: assigned });
    this.variables = assign(this.variables, assigned);
  }
}
