import type { Json, TaskOutcome, TaskRequest } from '../engine/host';
import type { TaskRouter } from '../services/task-router';
import { TaskError } from './task-error';

/**
 * What answers a task in place of its service. Where a Lambda function is invoked, it stands for the function: it gets the
 * payload and returns the function's result. Otherwise it gets what Arguments or Parameters made and returns the task's result.
 */
export type TaskHandler = (input: Json, request: TaskRequest) => unknown;

/** An attempt that nobody ever answers: no work, so that time may go on past it. */
export const UNANSWERED: Promise<TaskOutcome> = new Promise(() => {});

/** A Task state of a machine: what it was called with, and what answers it in place of its service. */
export class TaskStub {
  /** Each attempt as the state made it, oldest first: all parameters, the name of the execution, how often it was retried. */
  readonly requests: TaskRequest[] = [];
  /** What a handler gets, of each attempt: the payload where a Lambda function is invoked. */
  readonly inputs: Json[] = [];
  private given: ((request: TaskRequest, input: Json) => TaskOutcome | Promise<TaskOutcome> | undefined) | undefined;

  /**
   * @param name the name of the state
   * @internal
   */
  constructor(readonly name: string) {}

  /** Whether the service is left out. */
  get replaced(): boolean {
    return this.given !== undefined;
  }

  /** Every attempt returns this. */
  returns(output: unknown): this {
    return this.answers(() => output);
  }

  /** Every attempt fails with this error name and cause. */
  fails(error: string, cause?: string): this {
    this.given = () => ({ error, ...(cause !== undefined && { cause }) });
    return this;
  }

  /**
   * Every attempt returns what the function returns, or fails with what it throws: a `TaskError` by its `error`,
   * any other error by its `name`.
   */
  answers(handler: TaskHandler): this {
    this.given = (request, input) => answered(handler, input, request);
    return this;
  }

  /** No attempt is ever answered: what ends it is a timeout, or whoever answers its task token. */
  hangs(): this {
    this.given = ({ taskToken }) => (taskToken === undefined ? UNANSWERED : undefined);
    return this;
  }

  /** The service answers again. */
  restore(): this {
    this.given = undefined;
    return this;
  }

  /**
   * Answers an attempt, or leaves it to the service by undefined.
   *
   * @internal
   */
  answer(request: TaskRequest, service: TaskRouter): TaskOutcome | Promise<TaskOutcome> | undefined {
    // copies: a handler that changes what it is given must change neither the execution nor what is kept here
    const input = structuredClone(service.workInput(request));
    const kept = { ...request, parameters: structuredClone(request.parameters) };
    this.requests.push(kept);
    this.inputs.push(input);
    const outcome = this.given?.({ ...request, parameters: structuredClone(kept.parameters) }, structuredClone(input));
    return outcome instanceof Promise && outcome !== UNANSWERED
      ? outcome.then((settled) => ('output' in settled ? { output: service.workOutput(request, settled.output) } : settled))
      : outcome;
  }
}

async function answered(handler: TaskHandler, input: Json, request: TaskRequest): Promise<TaskOutcome> {
  try {
    const output = await handler(input, request);
    return { output: JSON.parse(JSON.stringify(output ?? null)) as Json };
  } catch (error) {
    if (error instanceof TaskError) return { error: error.error, ...(error.cause !== undefined && { cause: error.cause }) };
    if (error instanceof Error) return { error: error.name, cause: error.message };
    return { error: 'Error', cause: String(error) };
  }
}
