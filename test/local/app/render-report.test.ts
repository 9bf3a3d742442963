import stringWidth from 'string-width';
import type { ExecutionReport, StateVisit } from '../../../local/app/execution-report';
import { renderReport } from '../../../local/app/render-report';

const plain = { columns: 80, colour: false };

const visit = (extra: Partial<StateVisit> = {}): StateVisit => ({
  name: 'Charge',
  type: 'Task',
  input: { order: 1 },
  output: { order: 1 },
  enteredAt: 0,
  exitedAt: 1010,
  failures: [],
  ...extra,
});
const report = (extra: Partial<ExecutionReport> = {}): ExecutionReport => ({
  machine: 'Orders',
  executionArn: 'arn',
  status: 'SUCCEEDED',
  input: {},
  output: {},
  startedAt: 0,
  stoppedAt: 1010,
  path: ['Charge'],
  visits: [visit()],
  ...extra,
});

describe('a report in a terminal', () => {
  test('shows a failed attempt with its pause, and the message of a Lambda error instead of its stack trace', () => {
    const cause = JSON.stringify({ errorType: 'Busy', errorMessage: 'try again', trace: ['at handler (index.js:1)'] });
    const text = renderReport(
      report({ visits: [visit({ failures: [{ error: 'Busy', cause, at: 0, retriedAfter: 1000 }] })] }),
      plain,
    );
    expect(text).toContain('    try 1    Busy: try again (again after 1 s)\n');
    expect(text).not.toContain('index.js');
  });

  test('shows which failure was caught, and which was not', () => {
    const failures = [{ error: 'Declined', at: 0 }];
    expect(renderReport(report({ visits: [visit({ failures })] }), plain)).toContain('try 1    Declined (caught)\n');
    const uncaught = report({
      status: 'FAILED',
      error: 'Declined',
      visits: [visit({ failures, exitedAt: undefined, output: undefined })],
    });
    expect(renderReport(uncaught, plain)).toContain('try 1    Declined\n');
  });

  test('says so where a failure has neither error nor cause', () => {
    const text = renderReport(report({ status: 'FAILED', output: undefined, visits: [visit({ failures: [{ at: 0 }] })] }), plain);
    expect(text).toContain('try 1    no error name');
    expect(text).toContain('error    none given');
  });

  test.each([40, 80, 120])('fits into %d columns, whatever the data', (columns) => {
    const long = '구매 '.repeat(200);
    const wide = report({
      machine: 'Orders'.repeat(40),
      status: 'FAILED',
      error: long,
      cause: long,
      path: Array.from({ length: 40 }, (_, i) => `State ${i}`),
      visits: [
        visit({
          name: long,
          input: { long },
          output: { other: long },
          failures: [{ error: 'E', cause: long, at: 0, retriedAfter: 5 }],
        }),
      ],
    });
    const lines = renderReport(wide, { columns, colour: false }).split('\n');
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
  });

  test('is short, however long the output', () => {
    const text = renderReport(report({ output: Array.from({ length: 1000 }, (_, i) => i) }), plain);
    expect(text.split('\n').length).toBeLessThan(40);
    expect(text).toContain('lines more');
  });

  test('lets no data steer the terminal', () => {
    const evil = '\u001b[2J\u009b31m';
    const text = renderReport(
      report({ output: { evil }, path: [evil], visits: [visit({ name: evil, input: { evil } })] }),
      plain,
    );
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});
