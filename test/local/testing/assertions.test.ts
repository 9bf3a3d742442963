import {
  assertFailed,
  assertPath,
  assertSucceeded,
  ExecutionAssertionError,
  type Json,
  loadDefinition,
} from '../../../local/testing';

function machine() {
  const orders = loadDefinition({
    StartAt: 'Route',
    States: {
      Route: {
        Type: 'Choice',
        Choices: [{ Variable: '$.card', StringEquals: 'valid', Next: 'Charge' }],
        Default: 'Decline',
      },
      Charge: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'charge' },
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 9, IntervalSeconds: 60 }],
        Next: 'Done',
      },
      Decline: { Type: 'Fail', Error: 'CardDeclined', Cause: 'the card is not valid' },
      Done: { Type: 'Pass', Result: { charged: true }, End: true },
    },
  }).machine();
  orders.task('Charge').returns({});
  return orders;
}

const declined = () => machine().run({ card: 'expired', name: 'A'.repeat(500) });

async function charged(error?: string) {
  const orders = machine();
  if (error !== undefined) orders.task('Charge').fails(error, 'try again later');
  return orders.run({ card: 'valid' });
}

function messageOf(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    expect(error).toBeInstanceOf(ExecutionAssertionError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('assertSucceeded', () => {
  test('gives the output', async () => {
    expect(assertSucceeded(await charged())).toEqual({ charged: true });
  });

  test('shows the error, the path, and the input of the state it ended in', async () => {
    const execution = await declined();
    expect(messageOf(() => assertSucceeded(execution))).toBe(
      [
        'expected StateMachine to succeed; it is FAILED',
        '',
        '  path     Route → Decline',
        '  error    CardDeclined',
        '  cause    the card is not valid',
        '',
        `  ${'Decline'.padEnd(60)}Fail`.padEnd(80),
        `    input    {"card":"expired","name":"${'A'.repeat(40)}…`,
      ].join('\n'),
    );
  });

  test('shows the last attempts of a task, in few lines of 80 columns', async () => {
    const execution = await charged('Busy');
    const lines = messageOf(() => assertSucceeded(execution)).split('\n');
    expect(lines.filter((line) => line.includes('Busy: try again later'))).toHaveLength(3);
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test('points at the test, not at itself', async () => {
    const execution = await declined();
    try {
      assertSucceeded(execution);
    } catch (error) {
      expect((error as Error).stack).not.toContain('testing/assertions.ts');
    }
    expect.assertions(1);
  });
});

describe('assertFailed', () => {
  test('takes any error, or the one that is named', async () => {
    const execution = await declined();
    assertFailed(execution);
    assertFailed(execution, 'CardDeclined');
    expect(messageOf(() => assertFailed(execution, 'Busy'))).toMatch(/^expected StateMachine to fail with Busy; it is FAILED\n/);
  });

  test('takes a timeout, and no success and no abort', async () => {
    const wait = (extra: object) =>
      loadDefinition({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 9, End: true } }, ...extra }).machine();
    assertFailed(await wait({ TimeoutSeconds: 1 }).run());
    const stopped = wait({}).start();
    stopped.stop();
    const aborted = await stopped.done;
    expect(messageOf(() => assertFailed(aborted))).toContain('expected StateMachine to fail; it is ABORTED');
    const succeeded = await charged();
    expect(messageOf(() => assertFailed(succeeded))).toContain('"charged": true');
  });
});

describe('assertPath', () => {
  test('takes the path that was entered', async () => {
    assertPath(await charged(), ['Route', 'Charge', 'Done']);
  });

  test.each<[string[], string]>([
    [['Route', 'Decline'], "to go to 'Decline' after 1 state, and it entered 'Charge'"],
    [['Route', 'Charge'], "to go to the end after 2 states, and it entered 'Done'"],
    [['Route', 'Charge', 'Done', 'Bill'], "to go to 'Bill' after 3 states, and it ended"],
    [[], "to go to the end after 0 states, and it entered 'Route'"],
  ])('names the first state that differs from %j', async (states, message) => {
    const execution = await charged();
    expect(messageOf(() => assertPath(execution, states))).toContain(message);
  });

  test('shows what the state before it had', async () => {
    const execution = await charged();
    const shown = messageOf(() => assertPath(execution, ['Route', 'Decline']));
    expect(shown).toMatch(/Route +Choice *\d* *m?s?\n +input +{"card":"valid"}/);
    expect(shown).toContain('path     Route → Charge → Done');
  });
});

test('what a workflow makes of its input does not steer the terminal', async () => {
  const input: Json = { card: '\u001b[2J\u202e' };
  const execution = await machine().run(input);
  const message = messageOf(() => assertSucceeded(execution));
  expect(message).not.toContain('\u001b');
  expect(message).not.toContain('\u202e');
});
