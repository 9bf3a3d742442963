import type { Suspension, Wake } from '../control/scheduler';
import { ErrorName, runtimeFailure, StateFailure } from '../failures';
import type { Clock, Host, Json, TaskOutcome, TaskProgress, TaskRequest } from '../host';
import type { Resource } from './resource';
import type { TaskEvents } from './task-events';

/** How an attempt ended; a failure of its own where its time was over. */
export type AttemptOutcome = TaskOutcome | { readonly expired: StateFailure };

export interface Limits {
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
}

/** Has the host run a task, and waits for its outcome or for the end of its time. */
export function attempt(
  host: Host,
  request: Omit<TaskRequest, 'signal' | 'progress'>,
  resource: Resource,
  limits: Limits,
  events: TaskEvents,
): Suspension {
  return (wake) => {
    const watch = new Watch(host.clock, resource, limits, events, wake);
    watch.begin();
    const fault = (error: unknown) => {
      if (watch.close())
        wake.fail(runtimeFailure(`The task could not be run: ${error instanceof Error ? error.message : error}`));
    };
    try {
      const outcome = host.runTask({ ...request, progress: watch, signal: watch.signal });
      if ('then' in outcome) outcome.then((value) => watch.end(value), fault);
      else watch.end(outcome);
    } catch (error) {
      fault(error);
    }
    return () => watch.abort();
  };
}

/** Watches over one attempt: what the host tells of it counts until it has ended. */
class Watch implements TaskProgress {
  private readonly controller = new AbortController();
  private open = true;
  private running = false;
  private cancelTimeout = () => {};
  private cancelHeartbeat = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly resource: Resource,
    private readonly limits: Limits,
    private readonly events: TaskEvents,
    private readonly wake: Wake,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** An activity begins when a worker takes it; anything else now. */
  begin(): void {
    if (this.resource.kind !== 'activity') this.run();
  }

  started(workerName?: string): void {
    if (!this.running && this.open) this.run(workerName);
  }

  submitted(output: Json): void {
    if (this.open) this.recorded(() => this.events.submitted(output));
  }

  heartbeat(): void {
    this.cancelHeartbeat();
    const { heartbeatSeconds } = this.limits;
    const beats = this.resource.kind === 'activity' || this.resource.pattern === 'waitForTaskToken';
    if (!this.open || !this.running || heartbeatSeconds === undefined || !beats) return;
    this.cancelHeartbeat = this.expireIn(heartbeatSeconds, ErrorName.heartbeatTimeout);
  }

  end(outcome: AttemptOutcome): void {
    if (this.close()) this.wake.resume(outcome);
  }

  abort(): void {
    if (this.close()) this.controller.abort();
  }

  /** Whether it was still open. */
  close(): boolean {
    if (!this.open) return false;
    this.open = false;
    this.cancelTimeout();
    this.cancelHeartbeat();
    return true;
  }

  /** The history may be full: that is how the attempt fails, and nothing of the host. */
  private recorded(record: () => void): boolean {
    try {
      record();
    } catch (error) {
      this.abort();
      this.wake.fail(error);
    }
    return this.open;
  }

  private run(workerName?: string): void {
    this.running = true;
    if (!this.recorded(() => this.events.started(workerName))) return;
    if (this.limits.timeoutSeconds !== undefined) this.cancelTimeout = this.expireIn(this.limits.timeoutSeconds);
    this.heartbeat();
  }

  /** AWS names a missed heartbeat States.Timeout; Retry and Catch know it by its own name too. */
  private expireIn(seconds: number, alias?: string): () => void {
    return this.clock.schedule(this.clock.now() + seconds * 1000, () => {
      this.controller.abort();
      this.end({ expired: new StateFailure(ErrorName.timeout, '', alias) });
    });
  }
}
