import { Limit } from './limit';
import { Fiber, type Scheduler, type Step, type Suspension } from './scheduler';

/**
 * Runs lines of work side by side, at most `concurrency` at once, begun in order, and gives their results in that order.
 * The first to fail ends the others where they stand.
 */
export function fork<T>(
  scheduler: Scheduler,
  count: number,
  concurrency: number | Limit,
  begin: (index: number) => Step<T>,
): Suspension {
  return ({ resume, fail }) => {
    const results: T[] = new Array(count);
    const running = new Set<Fiber<T>>();
    let begun = 0;
    let done = 0;
    const limit = typeof concurrency === 'number' ? new Limit(concurrency) : concurrency;

    const abort = () => {
      begun = count;
      for (const fiber of [...running]) fiber.abort();
      running.clear();
    };
    const next = () => {
      const index = begun++;
      const fiber: Fiber<T> = new Fiber(scheduler, begin(index), (ending) => {
        running.delete(fiber);
        if ('error' in ending) {
          abort();
          fail(ending.error);
          return;
        }
        results[index] = ending.value;
        done++;
        if (begun < count && running.size < limit.value) next();
        else if (done === count) resume(results);
      });
      running.add(fiber);
      fiber.start();
    };

    if (count === 0) resume(results);
    while (begun < Math.min(count, limit.value)) next();
    limit.onChange(() => {
      while (begun < count && running.size < limit.value) next();
    });
    return abort;
  };
}
