import * as fc from 'fast-check';
import { LocalClock } from '../../../local/app/local-clock';

const DAY = 86_400_000;
const start = new Date('2030-01-01T00:00:00Z');

describe('a virtual clock', () => {
  test('starts at the given time and stands still by itself', async () => {
    const clock = LocalClock.virtual(start);
    await new Promise(setImmediate);
    expect(clock.now()).toBe(start.getTime());
  });

  test('jumps to the next timer when nothing else is left to do', async () => {
    const clock = LocalClock.virtual(start);
    const seen = await new Promise<number>((resolve) => clock.schedule(start.getTime() + 365 * DAY, () => resolve(clock.now())));
    expect(seen).toBe(start.getTime() + 365 * DAY);
  });

  test('lets promises settle before it jumps', async () => {
    const clock = LocalClock.virtual(start);
    const order: string[] = [];
    const timer = new Promise<void>((resolve) => clock.schedule(start.getTime() + 1, () => resolve(void order.push('timer'))));
    let chain: Promise<unknown> = Promise.resolve();
    for (let i = 0; i < 100; i++) chain = chain.then(() => undefined);
    void chain.then(() => order.push('promises'));
    await timer;
    expect(order).toEqual(['promises', 'timer']);
  });

  test('does not jump while a task is being worked on, and does afterwards', async () => {
    const clock = LocalClock.virtual(start);
    const order: string[] = [];
    let finish!: () => void;
    const work = clock.hold(new Promise<void>((resolve) => (finish = resolve))).then(() => order.push('work'));
    const timer = new Promise<void>((resolve) => clock.schedule(start.getTime() + 1, () => resolve(void order.push('timer'))));
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(order).toEqual([]);
    finish();
    await Promise.all([work, timer]);
    expect(order).toEqual(['work', 'timer']);
  });

  test('goes on after held work that failed', async () => {
    const clock = LocalClock.virtual(start);
    await expect(clock.hold(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await new Promise<void>((resolve) => clock.schedule(start.getTime() + DAY, resolve));
    expect(clock.now()).toBe(start.getTime() + DAY);
  });

  test('fires by time, equal times in the order they were set, and never what was cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ delay: fc.nat(20), cancelled: fc.boolean() }), { maxLength: 60 }), async (timers) => {
        const clock = LocalClock.virtual(start);
        const fired: number[] = [];
        timers.forEach(({ delay, cancelled }, index) => {
          const cancel = clock.schedule(start.getTime() + delay, () => void fired.push(index));
          if (cancelled) cancel();
        });
        await new Promise<void>((resolve) => clock.schedule(start.getTime() + 21, resolve));
        const expected = timers
          .map(({ delay, cancelled }, index) => ({ delay, cancelled, index }))
          .filter(({ cancelled }) => !cancelled)
          .sort((a, b) => a.delay - b.delay || a.index - b.index)
          .map(({ index }) => index);
        expect(fired).toEqual(expected);
      }),
    );
  });
});

describe('a clock that skips waits', () => {
  test('runs with the wall clock, ahead of it by what was skipped', async () => {
    const clock = LocalClock.skippingWaits();
    const before = Date.now();
    await new Promise<void>((resolve) => clock.schedule(before + DAY, resolve));
    expect(clock.now() - Date.now()).toBeGreaterThan(DAY - 5_000);
    expect(Date.now() - before).toBeLessThan(5_000);
  });

  test('fires a timeout in real time while the task it watches is being worked on', async () => {
    const clock = LocalClock.skippingWaits();
    let finish!: () => void;
    const work = clock.hold(new Promise<void>((resolve) => (finish = resolve)));
    const begun = performance.now();
    await new Promise<void>((resolve) => clock.schedule(clock.now() + 30, resolve));
    expect(performance.now() - begun).toBeGreaterThanOrEqual(25);
    finish();
    await work;
  });
});

describe('a real clock', () => {
  test('waits for its timers', async () => {
    const clock = LocalClock.real();
    const begun = performance.now();
    await new Promise<void>((resolve) => clock.schedule(clock.now() + 30, resolve));
    expect(performance.now() - begun).toBeGreaterThanOrEqual(25);
  });
});
