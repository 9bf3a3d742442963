/** Who asks. */
export interface Caller {
  /** Aborted when the answer cannot be delivered any more; never after it was. Absent for callers that do not go away. */
  readonly signal?: AbortSignal;
}

/** A service that is asked in AWS's JSON protocol. */
export interface JsonService {
  /** What the `X-Amz-Target` header says before the dot. */
  readonly target: string;
  /** Returns the output, or a promise of it; throws an `AwsError`. */
  handle(action: string, input: unknown, caller: Caller): unknown;
}
