import fc from 'fast-check';
import { fork } from '../../../../local/engine/control/fork';
import { type Ending, Fiber, Scheduler, type Step } from '../../../../local/engine/control/scheduler';
import { settled, turn, until } from '../../../../local/engine/control/suspensions';
import { START, settle, TestClock } from '../fixture';

/** Runs a step to its end. */
function drive<T>(step: Step<T>, scheduler = new Scheduler()): Promise<T> {
  return new Promise((resolve, reject) => {
    new Fiber(scheduler, step, (ending) => ('value' in ending ? resolve(ending.value) : reject(ending.error))).start();
  });
}

describe('the scheduler', () => {
  test('runs jobs first come, first served, never one inside another', () => {
    const scheduler = new Scheduler();
    const log: string[] = [];
    scheduler.post(() => {
      log.push('a begins');
      scheduler.post(() => log.push('b'));
      scheduler.post(() => {
        log.push('c');
        scheduler.post(() => log.push('d'));
      });
      log.push('a ends');
    });
    expect(log).toEqual(['a begins', 'a ends', 'b', 'c', 'd']);
  });

  test('goes on with what was posted before a job that broke', () => {
    const scheduler = new Scheduler();
    const log: string[] = [];
    expect(() =>
      scheduler.post(() => {
        scheduler.post(() => log.push('later'));
        throw new Error('broken');
      }),
    ).toThrow('broken');
    scheduler.post(() => log.push('last'));
    expect(log).toEqual(['later', 'last']);
  });

  test('gives every line of work its turn: no one takes two steps while another waits for one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 6 }), (lengths) => {
        const scheduler = new Scheduler();
        const rounds: number[][] = [];
        function* line(index: number, length: number): Step<void> {
          for (let i = 0; i < length; i++) {
            rounds[i] ??= [];
            rounds[i].push(index);
            yield turn;
          }
        }
        scheduler.post(() => {
          for (const [i, length] of lengths.entries()) new Fiber(scheduler, line(i, length), () => {}).start();
        });
        rounds.forEach((round, i) => {
          expect(round).toEqual([...lengths.keys()].filter((index) => lengths[index] > i));
        });
      }),
    );
  });

  test('wakes sleepers in the order of their time, and those of one time in the order they fell asleep', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }), async (seconds) => {
        const clock = new TestClock();
        const woken: [number, number][] = [];
        function* sleeper(index: number, second: number): Step<void> {
          yield* until(clock, START + second * 1000);
          woken.push([second, index]);
        }
        const scheduler = new Scheduler();
        for (const [i, second] of seconds.entries()) new Fiber(scheduler, sleeper(i, second), () => {}).start();
        await clock.advance(10);
        const expected = seconds.map((second, i): [number, number] => [second, i]).sort(([a, i], [b, j]) => a - b || i - j);
        expect(woken).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a fiber', () => {
  test('goes on with what a promise gives, and throws what it is broken with', async () => {
    function* work(): Step<string> {
      const value = yield* settled(Promise.resolve('kept'));
      try {
        yield* settled(Promise.reject(new Error('broken')));
      } catch (error) {
        return `${value}, ${(error as Error).message}`;
      }
      return 'not reached';
    }
    await expect(drive(work())).resolves.toBe('kept, broken');
  });

  test('ends in the same breath where there is nothing to wait for', () => {
    const endings: Ending<number>[] = [];
    function* work(): Step<number> {
      return (yield* settled(20)) + (yield* settled(22));
    }
    new Fiber(new Scheduler(), work(), (ending) => endings.push(ending)).start();
    expect(endings).toEqual([{ value: 42 }]);
  });

  test('that is aborted gives up waiting, cleans up and never ends', async () => {
    const clock = new TestClock();
    const log: string[] = [];
    function* work(): Step<void> {
      try {
        yield* until(clock, START + 1000);
        log.push('woken');
      } finally {
        log.push('cleaned up');
      }
    }
    const fiber = new Fiber(new Scheduler(), work(), () => log.push('ended'));
    fiber.start();
    fiber.abort();
    fiber.abort();
    await clock.advance(2);
    expect([log, clock.pending]).toEqual([['cleaned up'], 0]);
  });

  test('that aborts itself while it runs stops at its next pause', async () => {
    const log: string[] = [];
    const scheduler = new Scheduler();
    function* work(): Step<void> {
      yield turn;
      fiber.abort();
      log.push('runs on to its pause');
      try {
        yield turn;
        log.push('beyond');
      } finally {
        log.push('cleaned up');
      }
    }
    const fiber = new Fiber(scheduler, work(), () => log.push('ended'));
    fiber.start();
    await settle();
    expect(log).toEqual(['runs on to its pause', 'cleaned up']);
  });

  test('takes only the first of several wake-ups', async () => {
    function* work(): Step<unknown> {
      return yield ({ resume, fail }) => {
        resume('first');
        resume('second');
        fail(new Error('third'));
        return () => {};
      };
    }
    await expect(drive(work())).resolves.toBe('first');
  });
});

describe('a fork', () => {
  test('gives the results in order and never runs more at once than it may, however long each takes', async () => {
    const durations = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(durations, fc.integer({ min: 1, max: 5 }), async (seconds, concurrency) => {
        const clock = new TestClock();
        const scheduler = new Scheduler();
        let running = 0;
        let most = 0;
        function* child(index: number): Step<number> {
          most = Math.max(most, ++running);
          yield* until(clock, clock.now() + seconds[index] * 1000);
          running--;
          return index;
        }
        function* parent(): Step<unknown> {
          return yield fork(scheduler, seconds.length, concurrency, child);
        }
        const result = drive(parent(), scheduler);
        await clock.advance(200);
        expect(await result).toEqual([...seconds.keys()]);
        expect(most).toBe(Math.min(seconds.length, concurrency));
      }),
      { numRuns: 50 },
    );
  });

  test('fails with the first failure, ends those under way and begins no more', async () => {
    const clock = new TestClock();
    const scheduler = new Scheduler();
    const log: string[] = [];
    function* child(index: number): Step<void> {
      log.push(`${index} begins`);
      try {
        yield* until(clock, START + index * 1000);
        if (index === 1) throw new Error('one failed');
      } finally {
        log.push(`${index} is over`);
      }
    }
    function* parent(): Step<unknown> {
      return yield fork(scheduler, 9, 3, child);
    }
    const result = drive(parent(), scheduler).catch((error: Error) => error.message);
    await clock.advance(0.5);
    await clock.advance(20);
    expect(await result).toBe('one failed');
    expect(log).toEqual(['0 begins', '1 begins', '2 begins', '0 is over', '3 begins', '1 is over', '2 is over', '3 is over']);
    expect(clock.pending).toBe(0);
  });
});
