/** An error as a service of AWS answers it. */
export class AwsError extends Error {
  /** @param namespace what stands before the name on the wire; SDKs go by the name alone */
  constructor(
    name: string,
    message: string,
    readonly namespace: string,
    readonly statusCode = 400,
  ) {
    super(message);
    this.name = name;
  }

  get type(): string {
    return `${this.namespace}#${this.name}`;
  }
}

/** Of the framework that AWS's services are built with, which answers before any of them is asked. */
const FRAMEWORK = 'com.amazon.coral.service';

export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message, FRAMEWORK);
}

export function unknownOperation(): AwsError {
  return new AwsError('UnknownOperationException', '', FRAMEWORK);
}

export function requestTooLarge(limit: number): AwsError {
  return new AwsError('RequestEntityTooLargeException', `Request must not exceed ${limit} bytes`, FRAMEWORK, 413);
}

/** Against the model of a request: `1 validation error detected: …`. */
export function modelViolation(violations: readonly string[]): AwsError {
  const errors = violations.length === 1 ? 'error' : 'errors';
  const message = `${violations.length} validation ${errors} detected: ${violations.join('; ')}`;
  return new AwsError('ValidationException', message, 'com.amazon.coral.validate');
}

/** What a fault of the program is answered with: nothing of it. */
export function internalFailure(): AwsError {
  return new AwsError('InternalFailure', '', FRAMEWORK, 500);
}
