/** A line of work that can be suspended: it yields what it waits for. */
export type Step<T> = Generator<Suspension, T, unknown>;

/** Begins to wait, and returns how to give up waiting. Of `wake`'s two functions the first one called counts. */
export type Suspension = (wake: Wake) => () => void;

export interface Wake {
  readonly resume: (value?: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** How many jobs that are done may be kept before they are forgotten. */
const MAX_DONE = 1000;

/**
 * Runs what is ready, first come, first served, one job at a time and never inside another.
 * All branches of an execution share one, so that none of them can starve its siblings.
 */
export class Scheduler {
  private queue: (() => void)[] = [];
  private next = 0;
  private running = false;

  /** Whether anybody waits for a turn. */
  get contended(): boolean {
    return this.next < this.queue.length;
  }

  post(job: () => void): void {
    // lines of work that keep taking turns never leave it empty
    if (this.next > MAX_DONE) this.forgetDone();
    this.queue.push(job);
    if (!this.running) this.drain();
  }

  private drain(): void {
    this.running = true;
    try {
      while (this.next < this.queue.length) this.queue[this.next++]();
    } finally {
      this.forgetDone();
      this.running = false;
    }
  }

  private forgetDone(): void {
    this.queue = this.queue.slice(this.next);
    this.next = 0;
  }
}

export type Ending<T> = { readonly value: T } | { readonly error: unknown };

/** Drives a step to its end, from one suspension to the next. */
export class Fiber<T> {
  private giveUp: (() => void) | undefined;
  private advancing = false;
  private ended = false;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly step: Step<T>,
    private readonly onEnd: (ending: Ending<T>) => void,
  ) {}

  start(): void {
    this.scheduler.post(() => this.advance(() => this.step.next()));
  }

  /** Ends the step where it stands; its `finally` blocks run, `onEnd` is not called. */
  abort(): void {
    if (this.ended) return;
    this.ended = true;
    this.giveUp?.();
    // a generator cannot be ended while it runs; `advance` does it as soon as it pauses
    if (!this.advancing) this.step.return(undefined as never);
  }

  private advance(move: () => IteratorResult<Suspension, T>): void {
    if (this.ended) return;
    this.advancing = true;
    let result: IteratorResult<Suspension, T>;
    try {
      result = move();
    } catch (error) {
      this.advancing = false;
      this.end({ error });
      return;
    }
    this.advancing = false;
    if (result.done) this.end({ value: result.value });
    else if (this.ended) this.step.return(undefined as never);
    else this.suspend(result.value);
  }

  private suspend(suspension: Suspension): void {
    let awake = false;
    const wake = (move: () => IteratorResult<Suspension, T>) => {
      if (awake) return;
      awake = true;
      this.giveUp = undefined;
      this.scheduler.post(() => this.advance(move));
    };
    const fail = (error: unknown) => wake(() => this.step.throw(error));
    try {
      const giveUp = suspension({ resume: (value) => wake(() => this.step.next(value)), fail });
      if (this.ended) giveUp();
      else if (!awake) this.giveUp = giveUp;
    } catch (error) {
      fail(error);
    }
  }

  private end(ending: Ending<T>): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd(ending);
  }
}
