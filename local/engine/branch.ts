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

/** Thrown by whoever goes on although the execution has ended: nobody reads the outcome. */
class Over extends Error {}

function tooManyEvents(limit: number): StateFailure {
  return new StateFailure(ErrorName.runtime, `The execution reached the maximum number of history events (${limit}).`);
}

/** Where a branch stands: in a state, or about to enter it. */
interface Position {
  readonly name: string;
  readonly input: Json;
  visit?: Visit;
}

/** One line of states: the machine itself, a branch of Parallel or an iteration of Map. */
export class Branch {
  private position: Position | undefined;

  constructor(
    readonly run: Run,
    private readonly graph: Graph,
    public variables: Variables,
    public lastEventId: number,
    private readonly parent?: Branch,
    /** `$$.Map`, inside an iteration. */
    readonly mapItem: JsonObject | undefined = parent?.mapItem,
  ) {}

  /**
   * Goes from state to state, to the output of the last; throws how a state failed.
   * A branch that is redriven goes on from where it stood: that state does again what it has not finished.
   */
  *walk(start: Json): Step<Json> {
    for (let position = this.position ?? { name: this.graph.startAt, input: start }; ; ) {
      this.position = position;
      const { output, next }: Transition = yield* this.pass(this.visitOf(position));
      if (next === undefined) return output;
      position = { name: next, input: output };
      if (this.run.scheduler.contended) {
        this.position = position;
        yield turn;
      }
    }
  }

  /** Records an event that the next one in this branch follows. */
  record(type: string, details?: EventDetails): number {
    if (this.run.isOver()) throw new Over();
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

  /** AWS enters a redriven state anew only where that is all it does: Fail. */
  private visitOf(position: Position): Visit {
    const { name, input, visit } = position;
    const state = this.graph.states[name];
    if (visit !== undefined && state.type !== 'Fail') {
      this.lastEventId = visit.enteredId;
      return visit.redrive();
    }
    const entered = this.record(EVENTS[state.type].entered, { name, input });
    position.visit = new Visit(this, state, input, entered, this.run.host.clock.now());
    return position.visit;
  }

  private *pass(visit: Visit): Step<Transition> {
    const { state, input } = visit;
    let aborted = true;
    try {
      const transition = yield* state.run(visit);
      this.leave(state, input, transition);
      aborted = false;
      return transition;
    } catch (error) {
      const failure = visit.failureOf(error);
      // AWS: a state that failed for the size of its data is rerun as a whole when it is redriven
      if (failure.errorName === ErrorName.dataLimitExceeded) visit.progress = undefined;
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
