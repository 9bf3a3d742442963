import type { Json, TaskOutcome, TaskProgress, TaskRequest } from '../../../engine';
import { invalidToken, taskTimedOut } from '../errors';

interface OpenTask {
  readonly progress?: TaskProgress;
  readonly settle: (outcome: TaskOutcome) => void;
  readonly executionArn: string;
}

/** The tokens of tasks that somebody outside answers. Each is answered once, and by nobody after its attempt has ended. */
export class TaskTokens {
  private readonly open = new Map<string, OpenTask>();
  private readonly closed = new Set<string>();
  private readonly closedOf = new Map<string, string[]>();

  /** The outcome that will be sent for the token of a task; never settles where none is sent. */
  outcomeOf(request: TaskRequest & { readonly taskToken: string }): Promise<TaskOutcome> {
    const { taskToken, progress, executionArn, signal } = request;
    return new Promise((settle) => {
      this.open.set(taskToken, { progress, settle, executionArn });
      signal.addEventListener('abort', () => this.close(taskToken), { once: true });
    });
  }

  succeed(token: string, output: Json): void {
    this.answer(token, { output });
  }

  fail(token: string, error: string | undefined, cause: string | undefined): void {
    this.answer(token, { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
  }

  heartbeat(token: string): void {
    this.get(token).progress?.heartbeat();
  }

  /** Throws unless the token may be answered. */
  check(token: string): void {
    this.get(token);
  }

  /** Nobody can tell any more that the tokens of this execution were ever given out. */
  forget(executionArn: string): void {
    for (const token of this.closedOf.get(executionArn) ?? []) this.closed.delete(token);
    this.closedOf.delete(executionArn);
  }

  /** Ends the wait for an answer. */
  close(token: string): void {
    const task = this.open.get(token);
    if (task === undefined) return;
    this.open.delete(token);
    this.closed.add(token);
    const siblings = this.closedOf.get(task.executionArn);
    if (siblings === undefined) this.closedOf.set(task.executionArn, [token]);
    else siblings.push(token);
  }

  private answer(token: string, outcome: TaskOutcome): void {
    const { settle } = this.get(token);
    this.close(token);
    settle(outcome);
  }

  private get(token: string): OpenTask {
    const task = this.open.get(token);
    if (task !== undefined) return task;
    throw this.closed.has(token) ? taskTimedOut() : invalidToken();
  }
}
