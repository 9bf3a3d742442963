import { AwsError } from '../http/aws-error';

const MODEL = 'com.amazonaws.swf.service.v2.model';

export function statesError(name: string, message: string): AwsError {
  return new AwsError(name, message, MODEL);
}

export const invalidArn = (reason: string) => statesError('InvalidArn', `Invalid Arn: '${reason}'`);
export const invalidName = (name: string) => statesError('InvalidName', `Invalid Name: '${name}'`);
export const invalidToken = () => statesError('InvalidToken', "Invalid Token: 'Invalid token'");
export const validationError = (message: string) => statesError('ValidationException', message);
export const conflict = (message: string) => statesError('ConflictException', message);
export const resourceNotFound = (arn: string) => statesError('ResourceNotFound', `Resource not found: '${arn}'`);

export const stateMachineDoesNotExist = (arn: string) =>
  statesError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
export const stateMachineDeleting = (arn: string) =>
  statesError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
export const machineTypeNotSupported = () =>
  statesError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
export const executionDoesNotExist = (arn: string) => statesError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
export const executionAlreadyExists = (arn: string) =>
  statesError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
export const activityDoesNotExist = (arn: string) => statesError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
export const taskTimedOut = () => statesError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
