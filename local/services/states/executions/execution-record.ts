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
  /** Settles when it has ended, however it did. */
  readonly done: Promise<ExecutionResult>;
  private settle!: (result: ExecutionResult) => void;

  constructor(
    readonly origin: ExecutionOrigin,
    readonly execution: Execution,
  ) {
    this.done = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  get status(): ExecutionStatus {
    return this.execution.status;
  }

  /** How it ended; absent while it runs. */
  get result(): ExecutionResult | undefined {
    return this.execution.result;
  }

  /** @param onFault told where the program is at fault, which must not leave an execution that seems to run for ever */
  start(onFault: (fault: unknown) => void): void {
    this.execution.start().then(this.settle, (fault) => {
      onFault(fault);
      this.execution.stop('States.Runtime', fault instanceof Error ? fault.message : String(fault));
      this.settle(this.execution.result!);
    });
  }
}
