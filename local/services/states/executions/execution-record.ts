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

/** A client token of RedriveExecution, and when it was redriven by it. */
export interface RedriveToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
}

/** An execution with what it came from. */
export class ExecutionRecord {
  /** The latest, the newest last. */
  redriveTokens: readonly RedriveToken[] = [];
  private ending = deferred<ExecutionResult>();

  constructor(
    readonly origin: ExecutionOrigin,
    readonly execution: Execution,
  ) {}

  get status(): ExecutionStatus {
    return this.execution.status;
  }

  /** How it ended; absent while it runs. */
  get result(): ExecutionResult | undefined {
    return this.execution.result;
  }

  /** Settles when it has ended, however it did. */
  get done(): Promise<ExecutionResult> {
    return this.ending.promise;
  }

  /** @param onFault told where the program is at fault, which must not leave an execution that seems to run for ever */
  start(onFault: (fault: unknown) => void): void {
    this.follow(this.execution.start(), onFault);
  }

  /** @throws ExecutionNotRedrivable */
  redrive(onFault: (fault: unknown) => void): void {
    const redriven = this.execution.redrive();
    this.ending = deferred();
    this.follow(redriven, onFault);
  }

  private follow(running: Promise<ExecutionResult>, onFault: (fault: unknown) => void): void {
    const { resolve } = this.ending;
    running.then(resolve, (fault) => {
      onFault(fault);
      this.execution.stop('States.Runtime', fault instanceof Error ? fault.message : String(fault));
      resolve(this.execution.result!);
    });
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
