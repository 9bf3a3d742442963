import type { ExecutionReport, StateVisit } from '../app/execution-report';
import { renderEnd, renderVisit } from '../app/render-report';
import { printable, type Terminal } from '../app/terminal';
import type { Json } from '../engine/host';

/** What an assertion of this kit throws: an execution that went another way, and where it did. */
export class ExecutionAssertionError extends Error {
  override readonly name = 'ExecutionAssertionError';
}

/**
 * Asserts that an execution succeeded, and gives its output: `const output = assertSucceeded(await machine.run(input))`.
 *
 * @throws ExecutionAssertionError showing error and cause, the path, and the state it ended in with its input
 */
export function assertSucceeded(execution: ExecutionReport): Json {
  if (execution.status === 'SUCCEEDED') return execution.output ?? null;
  throw failure(execution, 'to succeed', assertSucceeded);
}

/**
 * Asserts that an execution failed or timed out.
 *
 * @param error the name of the error; any, if left out
 * @throws ExecutionAssertionError showing how it ended instead, the path, and the last state with its input
 */
export function assertFailed(execution: ExecutionReport, error?: string): void {
  const { status } = execution;
  const failed = status === 'FAILED' || status === 'TIMED_OUT';
  if (failed && (error === undefined || execution.error === error)) return;
  throw failure(execution, error === undefined ? 'to fail' : `to fail with ${error}`, assertFailed);
}

/**
 * Asserts which states an execution entered, in this order and no others.
 *
 * @throws ExecutionAssertionError showing the first state that differs, and the one before it with its input and output
 */
export function assertPath(execution: ExecutionReport, states: readonly string[]): void {
  const { path, visits } = execution;
  const at = [...path, undefined].findIndex((name, i) => name !== states[i]);
  if (at === -1) return;
  const entered = path[at] === undefined ? 'it ended' : `it entered '${path[at]}'`;
  const wanted = states[at] === undefined ? 'the end' : `'${states[at]}'`;
  throw failure(
    execution,
    `to go to ${wanted} after ${at} ${at === 1 ? 'state' : 'states'}, and ${entered}`,
    assertPath,
    visits[at - 1],
  );
}

const TERMINAL: Terminal = { columns: 80, colour: false };

function failure(
  execution: ExecutionReport,
  expected: string,
  asserted: (...args: never[]) => unknown,
  visit = execution.visits.at(-1),
): Error {
  const { machine, status } = execution;
  const shown = visit === undefined ? [] : ['', ...renderVisit(withoutMiddle(visit), TERMINAL)];
  const lines = [
    `expected ${printable(machine)} ${expected}; it is ${status}`,
    '',
    ...renderEnd(execution, TERMINAL, OUTPUT_LINES),
    ...shown,
  ];
  const error = new ExecutionAssertionError(lines.join('\n'));
  Error.captureStackTrace(error, asserted);
  return error;
}

const OUTPUT_LINES = 4;
const ATTEMPTS = 3;

/** Of many attempts the last tell most. */
function withoutMiddle(visit: StateVisit): StateVisit {
  return { ...visit, failures: visit.failures.slice(-ATTEMPTS) };
}
