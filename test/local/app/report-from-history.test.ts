import { LocalClock } from '../../../local/app/local-clock';
import { visitsOf } from '../../../local/app/report-from-history';
import { compile, Execution, type Json, type TaskOutcome } from '../../../local/engine';

const start = new Date('2030-01-01T00:00:00Z');

/** Executes a definition whose only task ends with these outcomes, in turn. */
async function visits(definition: Json, outcomes: TaskOutcome[] = []) {
  const left = [...outcomes];
  const host = {
    clock: LocalClock.virtual(start),
    random: () => 0,
    uuid: () => 'id',
    runTask: () => left.shift() ?? { output: null },
  };
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:M';
  const execution = new Execution(compile(definition), { host, input: { a: 1 }, name: 'e', arn: 'arn:e', stateMachineArn });
  await execution.start();
  return visitsOf(execution.history);
}

const task = (extra: object) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...extra });

test('a visit has what went into and came out of its state', async () => {
  const found = await visits({ StartAt: 'A', States: { A: { Type: 'Pass', Result: 'done', End: true } } });
  expect(found).toEqual([
    {
      name: 'A',
      type: 'Pass',
      input: { a: 1 },
      output: 'done',
      enteredAt: start.getTime(),
      exitedAt: start.getTime(),
      failures: [],
    },
  ]);
});

test('retries and the last failure are told apart, with the pauses between them', async () => {
  const retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 1 }];
  const found = await visits({ StartAt: 'A', States: { A: task({ Retry: retry }) } }, [
    { error: 'Busy', cause: 'one' },
    { error: 'Busy', cause: 'two' },
  ]);
  expect(found).toHaveLength(1);
  expect(found[0]).not.toHaveProperty('output');
  expect(found[0]!.failures).toEqual([
    { error: 'Busy', cause: 'one', at: start.getTime(), retriedAfter: 2000 },
    { error: 'Busy', cause: 'two', at: start.getTime() + 2000 },
  ]);
});

test('an error name that was left out stays out', async () => {
  const found = await visits({ StartAt: 'A', States: { A: task({}) } }, [{}]);
  expect(found[0]!.failures).toEqual([{ at: start.getTime() }]);
});

test('events of parallel branches find their own visit', async () => {
  const branch = (name: string) => ({ StartAt: name, States: { [name]: task({ Retry: [{ ErrorEquals: ['States.ALL'] }] }) } });
  const found = await visits(
    { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true } } },
    [{ error: 'Busy' }, { output: 'from B' }, { output: 'from A' }],
  );
  expect(found.map(({ name, output, failures }) => ({ name, output, failed: failures.length }))).toEqual([
    { name: 'P', output: ['from A', 'from B'], failed: 0 },
    { name: 'A', output: 'from A', failed: 1 },
    { name: 'B', output: 'from B', failed: 0 },
  ]);
});
