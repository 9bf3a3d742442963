/** An error of Lambda's own API, told apart from one that a function returns. */
export class LambdaServiceError extends Error {
  constructor(
    name: string,
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
    this.name = name;
  }
}

/** The function exists in the app, but nothing on this machine runs it. */
export class UnsupportedFunctionError extends Error {
  override readonly name = 'UnsupportedFunctionError';
}
