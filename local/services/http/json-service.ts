/** Who asks. */
export interface Caller {
  /** Aborted when the answer cannot be delivered any more; never after it was. Absent for callers that do not go away. */
  readonly signal?: AbortSignal;
  /** The host and port that the request was sent to. */
  readonly host?: string;
  /** The region that the request is signed for; absent for those that are not signed. */
  readonly region?: string;
}

/** A service that is asked in AWS's JSON protocol. */
export interface JsonService {
  /** What the `X-Amz-Target` header says before the dot. */
  readonly target: string;
  /**
   * What a request's body may take.
   *
   * @default - as the endpoint has it
   */
  readonly maxBodyBytes?: number;
  /** Whether requests may name another path than `/`, as those for a queue do. @default false */
  readonly anyPath?: boolean;
  /** Returns the output, or a promise of it; throws an `AwsError`. */
  handle(action: string, input: unknown, caller: Caller): unknown;
}
