import type { Json, TaskOutcome, TaskRequest } from '../engine/host';
import { TaskError } from './task-error';

/** What answers a task in place of its service: gets what Arguments or Parameters made, returns the task's result. */
export type TaskHandler = (input: Json, request: TaskRequest) => unknown;

/** An attempt that nobody ever answers: no work, so that time may go on past it. */
export const UNANSWERED: Promise<TaskOutcome> = new Promise(() => {});

/** A Task state of a machine: what it was called with, and what answers it in place of its service. */
export class TaskStub {
  /** What each attempt was called with, oldest first. */
  readonly calls: Json[] = [];
  private answer: ((request: TaskRequest) => TaskOutcome | Promise<TaskOutcome>) | undefined;

  /**
   * @param name the name of the state
   * @internal
   */
  constructor(readonly name: string) {}

  /** Whether the service is left out. */
  get replaced(): boolean {
    return this.answer !== undefined;
  }

  /** Every attempt returns this. */
  returns(output: unknown): this {
    return this.answers(() => output);
  }

  /** Every attempt fails with this error name and cause. */
  fails(error: string, cause?: string): this {
    this.answer = () => ({ error, ...(cause !== undefined && { cause }) });
    return this;
  }

  /**
   * Every attempt returns what the function returns, or fails with what it throws: a `TaskError` by its `error`,
   * any other error by its `name`.
   */
  answers(handler: TaskHandler): this {
    this.answer = (request) => answered(handler, request);
    return this;
  }

  /** No attempt is ever answered: what ends it is a timeout. */
  hangs(): this {
    this.answer = () => UNANSWERED;
    return this;
  }

  /** The service answers again. */
  restore(): this {
    this.answer = undefined;
    return this;
  }

  /**
   * Runs an attempt: by the answer given, else by `service`.
   *
   * @internal
   */
  run(request: TaskRequest, service: (request: TaskRequest) => Promise<TaskOutcome>): TaskOutcome | Promise<TaskOutcome> {
    this.calls.push(request.parameters);
    return (this.answer ?? service)(request);
  }
}

async function answered(handler: TaskHandler, request: TaskRequest): Promise<TaskOutcome> {
  try {
    const output = await handler(request.parameters, request);
    return { output: JSON.parse(JSON.stringify(output ?? null)) as Json };
  } catch (error) {
    if (error instanceof TaskError) return { error: error.error, ...(error.cause !== undefined && { cause: error.cause }) };
    if (error instanceof Error) return { error: error.name, cause: error.message };
    return { error: 'Error', cause: String(error) };
  }
}
