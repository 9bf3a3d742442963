import { AwsError } from '../http/aws-error';

export function snsError(name: string, message: string): AwsError {
  return new AwsError(name, message, 'com.amazonaws.sns');
}

export function invalidParameter(message: string): AwsError {
  return snsError('InvalidParameterException', `Invalid parameter: ${message}`);
}

export function notFound(what: string): AwsError {
  return new AwsError('NotFoundException', `${what} does not exist`, 'com.amazonaws.sns', 404);
}
