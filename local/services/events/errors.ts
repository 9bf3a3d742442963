import { AwsError } from '../http/aws-error';

export function eventsError(name: string, message: string): AwsError {
  return new AwsError(name, message, 'com.amazonaws.events');
}

export function validationError(message: string): AwsError {
  return eventsError('ValidationException', message);
}
