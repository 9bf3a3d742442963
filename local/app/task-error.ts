/** An error that the function answering a task throws, so that Retry and Catch can match its name. */
export class TaskError extends Error {
  /**
   * @param error the error name, e.g. `CardDeclined` or `Lambda.TooManyRequestsException`
   * @param cause the text that says why
   */
  constructor(
    readonly error: string,
    override readonly cause?: string,
  ) {
    super(cause === undefined ? error : `${error}: ${cause}`);
    this.name = error;
  }
}
