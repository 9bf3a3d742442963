import type { Step } from './control/scheduler';
import { turn } from './control/suspensions';
import { isFatal } from './errors/matching';
import { ErrorName, StateFailure } from './failures';
import type { EventDetails } from './history/events';
import type { Json } from './host';
import type { JsonObject } from './json';
import type { Graph } from './machine';
import { dataLimitExceeded, exceedsPayloadLimit } from './payload-limit';
import type { Run } from './run';
import { assign, type Variables } from './scope';
import type { State, StateType, Transition } from './states/state';
import { Visit } from './visit';

/** What the events of a state are called; `aborted` is there for those that can be waited in. */
const EVENTS: Record<StateType, { readonly entered: string; readonly exited: string; readonly aborted?: string }> = {
  Task: { entered: 'TaskStateEntered', exited: 'TaskStateExited', aborted: 'TaskStateAborted' },
  Wait: { entered: 'WaitStateEntered', exited: 'WaitStateExited', aborted: 'WaitStateAborted' },
  Pass: { entered: 'PassStateEntered', exited: 'PassStateExited' },
  Succeed: { entered: 'SucceedStateEntered', exited: 'SucceedStateExited' },
  Fail: { entered: 'FailStateEntered', exited: 'FailStateExited' },
  Choice: { entered: 'ChoiceStateEntered', exited: 'ChoiceStateExited' },
  Parallel: { entered: 'ParallelStateEntered', exited: 'ParallelStateExited', aborted: 'ParallelStateAborted' },
  Map: { entered: 'MapStateEntered', exited: 'MapStateExited', aborted: 'MapStateAborted' },
};

function tooManyEvents(limit: number): StateFailure {
  return new StateFailure(ErrorName.runtime, `The execution reached the maximum number of history events (${limit}).`);
}

/** One line of states: the machine itself, a branch of Parallel or an iteration of Map. */
export class Branch {
  constructor(
    readonly run: Run,
    private readonly graph: Graph,
    public variables: Variables,
    public lastEventId: number,
    private readonly parent?: Branch,
    /** `$$.Map`, inside an iteration. */
    readonly mapItem: JsonObject | undefined = parent?.mapItem,
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

  /** Records an event that the next one in this branch follows. */
  record(type: string, details?: EventDetails): number {
    if (this.run.history.full) throw tooManyEvents(this.run.history.limit);
    this.lastEventId = this.run.history.record(type, this.lastEventId, details).id;
    return this.lastEventId;
  }

  /** Records an event that the branch passes by: the next one follows what came before. Once all is over, AWS adds none. */
  note(type: string, details?: EventDetails): void {
    if (!this.run.isOver() && !this.run.history.full) this.run.history.record(type, this.lastEventId, details);
  }

  /** Lets the parent go on from where this branch ended. */
  join(): void {
    if (this.parent !== undefined) this.parent.lastEventId = this.lastEventId;
  }

  private *pass(state: State, input: Json): Step<Transition> {
    const entered = this.record(EVENTS[state.type].entered, { name: state.name, input });
    const visit = new Visit(this, state, input, entered, this.run.host.clock.now());
    let aborted = true;
    try {
      const transition = yield* state.run(visit);
      this.leave(state, input, transition);
      aborted = false;
      return transition;
    } catch (error) {
      const failure = visit.failureOf(error);
      if (isFatal(failure)) this.run.fail(failure);
      // of the states that fail a branch, AWS calls tasks aborted
      aborted = state.type === 'Task';
      throw failure;
    } finally {
      const event = EVENTS[state.type].aborted;
      if (aborted && event !== undefined && this.parent !== undefined) this.note(event);
    }
  }

  private leave(state: State, input: Json, { output, assigned }: Transition): void {
    if (output !== input && exceedsPayloadLimit(output)) throw dataLimitExceeded(state.name);
    const { exited } = EVENTS[state.type];
    if (assigned === undefined || Object.keys(assigned).length === 0) {
      this.record(exited, { name: state.name, output });
      return;
    }
    this.record(exited, { name: state.name, output, assignedVariables: assigned });
    this.variables = assign(this.variables, assigned);
  }
}
