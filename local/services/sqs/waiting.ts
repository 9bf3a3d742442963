import type { Clock } from '../../engine/host';

/** Those who wait for a queue to have something for them. */
export class Waiting {
  private readonly waiters = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Settles once somebody calls `wake`, at that time, or when nobody wants to know any more. */
  until(at: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiters.delete(done);
        signal?.removeEventListener('abort', done);
        cancel?.();
        resolve();
      };
      // without a time to wait for, virtual time must not move
      const cancel = Number.isFinite(at) ? this.clock.schedule(at, done) : undefined;
      this.waiters.add(done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }

  wake(): void {
    for (const waiter of [...this.waiters]) waiter();
  }
}
