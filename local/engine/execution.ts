import { Branch } from './branch';
import { type Ending, Fiber, Scheduler } from './control/scheduler';
import type { MachineType } from './definition/fields';
import { ErrorName, StateFailure } from './failures';
import type { EventDetails, HistoryEvent } from './history/events';
import { History } from './history/history';
import type { Host, Json } from './host';
import type { JsonObject } from './json';
import type { Machine } from './machine';
import type { MapRun } from './map-run/map-run';
import { ExecutionNotRedrivable, type Redrivability, redrivability } from './redrive';
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
  /** The Map Run that began it, for a child of a distributed Map. */
  readonly mapRunArn?: string;
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
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly input: Json;
  readonly mapRunArn: string | undefined;
  /** The runs of its distributed Map states, in the order they began. */
  readonly mapRuns: readonly MapRun[];

  private readonly log: History;
  private readonly run: Run & { context: JsonObject; mapRuns: MapRun[] };
  private root: Fiber<Json> | undefined;
  private branch: Branch | undefined;
  private cancelTimeout = () => {};
  private startTime = 0;
  private redriveTime: number | undefined;
  private redrives = 0;
  private ended: ExecutionResult | undefined;
  private settle!: { resolve: (result: ExecutionResult) => void; reject: (fault: unknown) => void };
  private promise: Promise<ExecutionResult> | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly options: ExecutionOptions,
  ) {
    this.arn = options.arn;
    this.name = options.name;
    this.type = machine.type;
    this.input = options.input === undefined ? {} : options.input;
    this.mapRunArn = options.mapRunArn;
    this.log = new History(options.host.clock, MAX_EVENTS[machine.type], options.onEvent);
    this.run = this.shared();
    this.mapRuns = this.run.mapRuns;
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

  /** Milliseconds since the epoch; 0 before it started. */
  get startDate(): number {
    return this.startTime;
  }

  get redriveCount(): number {
    return this.redrives;
  }

  /** When it was last redriven, in milliseconds since the epoch. */
  get redriveDate(): number | undefined {
    return this.redriveTime;
  }

  /** Whether it can be redriven now; absent for Express. */
  get redrivability(): Redrivability | undefined {
    const { type, status, mapRunArn, startDate } = this;
    const { clock } = this.options.host;
    const { events, limit } = this.log;
    const candidate = { type, status, mapRunArn, startDate, stopDate: this.ended?.stopDate, events: events.length, limit };
    return redrivability(candidate, clock.now());
  }

  /** Starts it, once. The promise settles when it has ended, however it did; it rejects for faults of the program alone. */
  start(): Promise<ExecutionResult> {
    this.promise ??= this.promised(() => this.begin());
    return this.promise;
  }

  /** Ends it as ABORTED, wherever it stands. */
  stop(error?: string, cause?: string): void {
    this.interrupt('ABORTED', { error, cause }, 'ExecutionAborted');
  }

  /**
   * Goes on from the states that did not succeed, with the history so far. The promise settles when it has ended again.
   *
   * @throws ExecutionNotRedrivable with AWS's reason
   */
  redrive(): Promise<ExecutionResult> {
    const { redriveStatus, redriveStatusReason } = this.redrivability ?? {
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Express executions cannot be redriven',
    };
    if (redriveStatus === 'NOT_REDRIVABLE') throw new ExecutionNotRedrivable(redriveStatusReason ?? redriveStatus);
    this.promise = this.promised(() => this.resume());
    return this.promise;
  }

  private promised(begin: () => void): Promise<ExecutionResult> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      begin();
    });
  }

  private begin(): void {
    const { host, roleArn } = this.options;
    this.startTime = this.options.startTime ?? host.clock.now();
    this.run.context = this.context();
    this.branch = new Branch(this.run, this.machine, NO_VARIABLES, 0);
    this.limitTime(this.startTime);
    // the first state does not follow this event, by AWS's count
    this.branch.note('ExecutionStarted', { input: this.input, ...(roleArn !== undefined && { roleArn }) });
    this.drive(this.branch);
  }

  private resume(): void {
    const { branch } = this;
    if (branch === undefined) throw new ExecutionNotRedrivable('Execution was never started');
    this.redrives++;
    this.redriveTime = this.options.host.clock.now();
    this.run.context = this.context();
    this.ended = undefined;
    this.limitTime(this.redriveTime);
    this.log.record('ExecutionRedriven', 0, { redriveCount: this.redrives });
    this.drive(branch);
  }

  private drive(branch: Branch): void {
    if (this.ended !== undefined) return;
    this.root = new Fiber(this.run.scheduler, branch.walk(this.input), (ending) => this.end(ending));
    this.root.start();
  }

  private shared(): Run & { context: JsonObject; mapRuns: MapRun[] } {
    const { host, arn, roleArn } = this.options;
    return {
      host,
      scheduler: new Scheduler(),
      history: this.log,
      executionArn: arn,
      context: {},
      mapRuns: [],
      isOver: () => this.ended !== undefined,
      fail: (failure) => this.end({ error: failure }),
      launch: (machine, options) => new Execution(machine, { host, roleArn, ...options }),
    };
  }

  private context(): JsonObject {
    const { arn, name, roleArn, stateMachineArn, synchronous } = this.options;
    const machineName = this.options.stateMachineName ?? stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
    return {
      Execution: {
        Id: arn,
        Input: this.input,
        StartTime: new Date(this.startTime).toISOString(),
        Name: name,
        ...(roleArn !== undefined && { RoleArn: roleArn }),
        ...(synchronous !== true && { RedriveCount: this.redrives }),
        ...(this.redriveTime !== undefined && { RedriveTime: new Date(this.redriveTime).toISOString() }),
      },
      StateMachine: { Id: stateMachineArn, Name: machineName },
    };
  }

  /** A redriven execution has all of its time again. */
  private limitTime(from: number): void {
    const given = this.machine.timeoutSeconds;
    const seconds = this.machine.type === 'EXPRESS' ? Math.min(given ?? EXPRESS_SECONDS, EXPRESS_SECONDS) : given;
    if (seconds === undefined) return;
    // AWS names the error in the event alone
    const expire = () => this.interrupt('TIMED_OUT', {}, 'ExecutionTimedOut', { error: ErrorName.timeout });
    this.cancelTimeout = this.options.host.clock.schedule(from + seconds * 1000, expire);
  }

  private end(ending: Ending<Json>): void {
    if ('value' in ending) {
      this.finish({ status: 'SUCCEEDED', output: ending.value }, 'ExecutionSucceeded', this.log.events.length);
    } else if (ending.error instanceof StateFailure) {
      const { errorName, reason } = ending.error;
      this.finish({ status: 'FAILED', ...named(errorName, reason) }, 'ExecutionFailed', this.log.events.length);
    } else {
      this.cancelTimeout();
      this.settle.reject(ending.error);
    }
  }

  /** Ends it from outside: by AWS's count such an event follows no other. */
  private interrupt(
    status: 'ABORTED' | 'TIMED_OUT',
    { error, cause }: { error?: string; cause?: string },
    event: string,
    details: EventDetails = named(error, cause),
  ): void {
    if (this.branch !== undefined) this.finish({ status, ...named(error, cause) }, event, 0, details);
  }

  private finish(
    end: Pick<ExecutionResult, 'status' | 'output' | 'error' | 'cause'>,
    event: string,
    previousEventId: number,
    details?: EventDetails,
  ): void {
    if (this.ended !== undefined) return;
    this.cancelTimeout();
    const { status, ...outcome } = end;
    this.ended = { status, ...outcome, startDate: this.startTime, stopDate: this.options.host.clock.now() };
    this.log.record(event, previousEventId, details ?? outcome);
    this.root?.abort();
    this.settle.resolve(this.ended);
  }
}

function named(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
