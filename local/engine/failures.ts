/** The error names that the language reserves and this engine raises. */
export const ErrorName = {
  all: 'States.ALL',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  runtime: 'States.Runtime',
  dataLimitExceeded: 'States.DataLimitExceeded',
  queryEvaluation: 'States.QueryEvaluationError',
  intrinsic: 'States.IntrinsicFailure',
  itemReaderFailed: 'States.ItemReaderFailed',
  resultWriterFailed: 'States.ResultWriterFailed',
  exceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  resultPathMatch: 'States.ResultPathMatchFailure',
} as const;

/** How a state failed: what Retry and Catch match, and what the execution ends with. */
export class StateFailure extends Error {
  /**
   * @param errorName absent where nobody named the error, as SendTaskFailure and Fail may leave it out
   * @param alias a second name that Retry and Catch may know the failure by
   */
  constructor(
    readonly errorName: string | undefined,
    readonly reason: string | undefined,
    readonly alias?: string,
  ) {
    super(`${errorName ?? 'an unnamed error'}: ${reason ?? 'no cause'}`);
    this.name = 'StateFailure';
  }
}

/** A field could not be evaluated. Which state it was, and where it was entered, is for the visit to add. */
export class EvaluationFailure extends Error {
  /** @param location the field, for expressions in JSONata: `Output/result` */
  constructor(
    readonly errorName: string,
    readonly reason: string,
    readonly location?: string,
  ) {
    super(reason);
    this.name = 'EvaluationFailure';
  }
}

export function runtimeFailure(reason: string): EvaluationFailure {
  return new EvaluationFailure(ErrorName.runtime, reason);
}
