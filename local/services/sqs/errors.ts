import { AwsError } from '../http/aws-error';

export function sqsError(name: string, message: string): AwsError {
  return new AwsError(name, message, 'com.amazonaws.sqs');
}

export function noSuchQueue(): AwsError {
  return sqsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function invalidValue(parameter: string, value: unknown, reason: string): AwsError {
  return sqsError(
    'InvalidParameterValue',
    `Value ${typeof value === 'string' ? value : JSON.stringify(value)} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}

export function missing(parameter: string): AwsError {
  return sqsError('MissingParameter', `The request must contain the parameter ${parameter}.`);
}
