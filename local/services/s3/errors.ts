import { AwsError } from '../http/aws-error';

export function s3Error(code: string, message: string, statusCode = 400): AwsError {
  return new AwsError(code, message, 'com.amazonaws.s3', statusCode);
}

export function noSuchBucket(): AwsError {
  return s3Error('NoSuchBucket', 'The specified bucket does not exist', 404);
}

export function noSuchKey(): AwsError {
  return s3Error('NoSuchKey', 'The specified key does not exist.', 404);
}

export function notHere(what: string): AwsError {
  const message = `${what} is not supported by S3 on this machine; name another with --endpoint s3=URL`;
  return s3Error('NotImplemented', message, 501);
}
