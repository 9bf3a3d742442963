import { Branch } from './branch';
import { type Ending, Fiber, Scheduler } from './control/scheduler';
import { StateFailure } from './failures';
import type { HistoryEvent } from './history/events';
import { History } from './history/history';
import type { Host, Json } from './host';
import type { JsonObject } from './json';
import type { Machine } from './machine';
import type { Run } from './run';
import { NO_VARIABLES } from './scope';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionOptions {
  readonly host: Host;
  /** @default an empty object */
  readonly input?: Json;
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  /** @default the last part of the machine's ARN */
  readonly stateMachineName?: string;
  readonly roleArn?: string;
  /** Milliseconds since the epoch. @default the time of `start` */
  readonly startTime?: number;
  /** Whether StartSyncExecution started it: its context object then has no RedriveCount. @default false */
  readonly synchronous?: boolean;
  /** Told of each event as it is recorded. */
  readonly onEvent?: (event: HistoryEvent) => void;
}

export interface ExecutionResult {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Milliseconds since the epoch. */
  readonly startDate: number;
  readonly stopDate: number;
}

/** AWS ends an Express execution after five minutes. */
const EXPRESS_SECONDS = 300;

/** AWS ends a Standard execution by its 25,000th event. It keeps none of Express; a loop without end needs some end here. */
const MAX_EVENTS = { STANDARD: 25_000, EXPRESS: 250_000 };

/** One execution of a machine. */
export class Execution {
  private readonly log: History;
  private readonly scheduler = new Scheduler();
  private readonly input: Json;
  private root: Fiber<Json> | undefined;
  private branch: Branch | undefined;
  private cancelTimeout = () => {};
  private startDate = 0;
  private ended: ExecutionResult | undefined;
  private settle!: { resolve: (result: ExecutionResult) => void; reject: (fault: unknown) => void };
  private promise: Promise<ExecutionResult> | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly options: ExecutionOptions,
  ) {
    this.log = new History(options.host.clock, MAX_EVENTS[machine.type], options.onEvent);
    this.input = options.input ?? {};
  }

  /** What happened so far, in order; grows while the execution runs. */
  get history(): readonly HistoryEvent[] {
    return this.log.events;
  }

  get status(): ExecutionStatus {
    return this.ended?.status ?? 'RUNNING';
  }

  /** How it ended; absent while it runs. */
  get result(): ExecutionResult | undefined {
    return this.ended;
  }

  /** Starts it, once. The promise settles when it has ended, however it did; it rejects for faults of the program alone. */
  start(): Promise<ExecutionResult> {
    this.promise ??= new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.begin();
    });
    return this.promise;
  }

  /** Ends it as ABORTED, wherever it stands. */
  stop(error?: string, cause?: string): void {
    this.interrupt('ABORTED', 'ExecutionAborted', { error, cause });
  }

  private begin(): void {
    const { host, roleArn } = this.options;
    this.startDate = this.options.startTime ?? host.clock.now();
    this.branch = new Branch(this.shared(), this.machine, NO_VARIABLES, 0);
    // the first state does not follow this event, by AWS's count
    this.branch.note('ExecutionStarted', { input: this.input, ...(roleArn !== undefined && { roleArn }) });
    this.limitTime();
    this.root = new Fiber(this.scheduler, this.branch.walk(this.input), (ending) => this.end(ending));
    this.root.start();
  }

  private shared(): Run {
    const { host, arn } = this.options;
    return {
      host,
      scheduler: this.scheduler,
      history: this.log,
      executionArn: arn,
      context: this.context(),
      isOver: () => this.ended !== undefined,
      fail: (failure) => this.end({ error: failure }),
    };
  }

  private context(): JsonObject {
    const { arn, name, roleArn, stateMachineArn, synchronous } = this.options;
    const machineName = this.options.stateMachineName ?? stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
    return {
      Execution: {
        Id: arn,
        Input: this.input,
        StartTime: new Date(this.startDate).toISOString(),
        Name: name,
        ...(roleArn !== undefined && { RoleArn: roleArn }),
        ...(synchronous !== true && { RedriveCount: 0 }),
      },
      StateMachine: { Id: stateMachineArn, Name: machineName },
    };
  }

  private limitTime(): void {
    const given = this.machine.timeoutSeconds;
    const seconds = this.machine.type === 'EXPRESS' ? Math.min(given ?? EXPRESS_SECONDS, EXPRESS_SECONDS) : given;
    if (seconds === undefined) return;
    const at = this.startDate + seconds * 1000;
    this.cancelTimeout = this.options.host.clock.schedule(at, () => this.interrupt('TIMED_OUT', 'ExecutionTimedOut', {}));
  }

  private end(ending: Ending<Json>): void {
    if ('value' in ending) {
      this.finish({ status: 'SUCCEEDED', output: ending.value }, 'ExecutionSucceeded');
    } else if (ending.error instanceof StateFailure) {
      const { errorName, reason } = ending.error;
      this.finish({ status: 'FAILED', ...named(errorName, reason) }, 'ExecutionFailed');
    } else {
      this.cancelTimeout();
      this.settle.reject(ending.error);
    }
  }

  private interrupt(status: 'ABORTED' | 'TIMED_OUT', event: string, { error, cause }: { error?: string; cause?: string }): void {
    if (this.ended !== undefined || this.root === undefined) return;
    this.finish({ status, ...named(error, cause) }, event);
  }

  private finish(end: Pick<ExecutionResult, 'status' | 'output' | 'error' | 'cause'>, event: string): void {
    if (this.ended !== undefined) return;
    this.cancelTimeout();
    const { status, ...details } = end;
    this.log.record(event, this.log.events.length, details);
    this.ended = { status, ...details, startDate: this.startDate, stopDate: this.options.host.clock.now() };
    this.root?.abort();
    this.settle.resolve(this.ended);
  }
}

function named(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
