import type { Branch } from './branch';
import { ErrorName, EvaluationFailure, runtimeFailure, StateFailure } from './failures';
import type { EventDetails } from './history/events';
import type { Host, Json } from './host';
import type { Inspector } from './inspector';
import { type JsonObject, MAX_NESTING } from './json';
import type { Scope, Variables } from './scope';
import type { State } from './states/state';

const NESTED = `The data must not nest more than ${MAX_NESTING} levels deep.`;

/** One stay in a state, from its Entered event on. */
export class Visit implements Scope {
  readonly host: Host;
  /** As they were on entry: what the state assigns is for the next one to see. */
  readonly variables: Variables;
  readonly inspector: Inspector | undefined;
  /** Attempts beyond the first, for states that can be retried. */
  retryCount: number | undefined;
  taskToken: string | undefined;
  /** What a state has got done that a redrive of it need not do again. */
  progress: unknown;
  private redriven = false;

  constructor(
    readonly branch: Branch,
    readonly state: State,
    readonly input: Json,
    readonly enteredId: number,
    private readonly enteredTime: number,
  ) {
    this.host = branch.run.host;
    this.variables = branch.variables;
    this.inspector = branch.run.inspector;
  }

  redrive(): this {
    this.redriven = true;
    return this;
  }

  /** What was got done before a redrive, once: any other attempt begins from the beginning. */
  takeProgress<T>(): T | undefined {
    const progress = this.redriven ? this.progress : undefined;
    this.redriven = false;
    return progress as T | undefined;
  }

  /** Made anew for whoever looks: retries and tokens change it. */
  get context(): JsonObject {
    return this.contextWith(this.branch.mapItem);
  }

  /** What an ItemSelector looks at: this visit, with the item as `$$.Map`. */
  withMap(item: JsonObject): Scope {
    return { host: this.host, variables: this.variables, context: this.contextWith(item) };
  }

  protected contextWith(map: JsonObject | undefined): JsonObject {
    const State: JsonObject = { Name: this.state.name, EnteredTime: new Date(this.enteredTime).toISOString() };
    if (this.retryCount !== undefined) State.RetryCount = this.retryCount;
    const context: JsonObject = { ...this.branch.run.context, State };
    if (this.taskToken !== undefined) context.Task = { Token: this.taskToken };
    if (map !== undefined) context.Map = map;
    return context;
  }

  record(type: string, details?: EventDetails): void {
    this.branch.record(type, details);
  }

  /** Takes in whatever was thrown inside the state; what is not a failure of the state is a fault of the program. */
  failureOf(error: unknown): StateFailure {
    if (error instanceof StateFailure) return error;
    // input that nobody has checked ran somebody out of stack
    if (error instanceof RangeError) return this.failureOf(runtimeFailure(NESTED));
    if (!(error instanceof EvaluationFailure)) throw error;
    const { errorName, location } = error;
    const cause = this.describe(error.reason);
    if (errorName === ErrorName.queryEvaluation) {
      this.record('EvaluationFailed', { error: errorName, cause, location, state: this.state.name });
    }
    return new StateFailure(errorName, cause);
  }

  /** A reason as AWS words it: with the state, and where in the history it was entered. */
  protected describe(reason: string): string {
    return `An error occurred while executing the state '${this.state.name}' (entered at the event id #${this.enteredId}). ${reason}`;
  }
}
