import type { Clock } from '../engine/host';
import { TimerQueue } from './timer-queue';

/** Node's timers hold 31 bits of milliseconds; a longer wait is taken in pieces. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Taken at load, so that a test that fakes the global timers does not stop the engine. */
const { setImmediate, setTimeout, clearTimeout } = globalThis;

interface Pace {
  /** The time before anything was skipped. */
  readonly base: () => number;
  /** Whether `base` moves by itself, so that a timer comes due while nothing happens. */
  readonly flows: boolean;
  /** Whether to jump to the next timer when no task is being worked on. */
  readonly skips: boolean;
}

/**
 * The clock that executions on this machine share: one order of events for all of them.
 *
 * A jump happens only when nothing else can: after all promises have settled (JSONata evaluates in promises)
 * and while no held task is being worked on, so that real work and skipped time never race.
 */
export class LocalClock implements Clock {
  /** Time as on the wall: waits are waited for. */
  static real(): LocalClock {
    return new LocalClock({ base: Date.now, flows: true, skips: false });
  }

  /** Tasks take the time they take; waits, retry pauses and timeouts of tasks nobody works on take none. */
  static skippingWaits(): LocalClock {
    return new LocalClock({ base: Date.now, flows: true, skips: true });
  }

  /** Time stands still but for the waits, which take none: two runs give the same timestamps. */
  static virtual(start: Date): LocalClock {
    const origin = start.getTime();
    return new LocalClock({ base: () => origin, flows: false, skips: true });
  }

  private readonly timers = new TimerQueue();
  private skipped = 0;
  private held = 0;
  private armed = false;
  private sleeping: NodeJS.Timeout | undefined;

  private constructor(private readonly pace: Pace) {}

  now(): number {
    return this.pace.base() + this.skipped;
  }

  schedule(at: number, fire: () => void): () => void {
    const cancel = this.timers.add(at, fire);
    this.arm();
    return () => {
      cancel();
      // a timer that no longer matters must not keep the process alive
      this.arm();
    };
  }

  /** Keeps time from being skipped until `work` is done. */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.held++;
    try {
      return await work;
    } finally {
      this.held--;
      this.arm();
    }
  }

  private arm(): void {
    if (this.armed) return;
    this.armed = true;
    setImmediate(() => this.tick());
  }

  private tick(): void {
    this.armed = false;
    clearTimeout(this.sleeping);
    const at = this.timers.nextAt();
    if (at === undefined) return;
    const early = at - this.now();
    if (early <= 0) {
      this.timers.take()!();
      this.arm();
    } else if (this.pace.skips && this.held === 0) {
      this.skipped += early;
      this.timers.take()!();
      this.arm();
    } else if (this.pace.flows) {
      this.sleeping = setTimeout(() => this.tick(), Math.min(Math.ceil(early), LONGEST_TIMEOUT));
    }
  }
}
