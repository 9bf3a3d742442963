import type { Json } from '../engine/host';

/** One attempt of a Task that did not succeed. */
export interface FailedAttempt {
  readonly error?: string;
  readonly cause?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The pause before the next attempt, in milliseconds; absent where there was none. */
  readonly retriedAfter?: number;
}

/** One visit of a state: a state entered twice has two. */
export interface StateVisit {
  readonly name: string;
  /** `Task`, `Choice`, `Pass` …, as in the definition. */
  readonly type: string;
  readonly input: Json;
  /** Absent where the state did not exit: a Fail state, or one whose error nobody caught. */
  readonly output?: Json;
  /** Milliseconds since the epoch. */
  readonly enteredAt: number;
  readonly exitedAt?: number;
  /** The attempts that failed, retried or not, in order. */
  readonly failures: readonly FailedAttempt[];
}

/** What happened in one execution. */
export interface ExecutionReport {
  readonly machine: string;
  readonly executionArn: string;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly stoppedAt: number;
  /** The states entered, in order. */
  readonly path: readonly string[];
  readonly visits: readonly StateVisit[];
}
