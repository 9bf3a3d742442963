import type { Execution, ExecutionResult, ExecutionStatus } from '../../../engine';
import type { Target } from '../machines/machine-store';

export interface ExecutionOrigin {
  readonly arn: string;
  readonly name: string;
  readonly target: Target;
  /** As it was given. */
  readonly input: string;
  readonly traceHeader?: string;
  /** Milliseconds since the epoch. */
  readonly startDate: number;
  /** Higher than that of any execution started before. */
  readonly serial: number;
}

/** An execution with what it came from. */
export class ExecutionRecord {
  /** @param done settles when it has ended, however it did */
  constructor(
    readonly origin: ExecutionOrigin,
    readonly execution: Execution,
    readonly done: Promise<ExecutionResult>,
  ) {}

  get status(): ExecutionStatus {
    return this.execution.status;
  }

  /** How it ended; absent while it runs. */
  get result(): ExecutionResult | undefined {
    return this.execution.result;
  }
}
