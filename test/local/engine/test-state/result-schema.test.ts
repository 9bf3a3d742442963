import type { Json } from '../../../../local/engine';
import { parseResource, type Resource } from '../../../../local/engine/tasks/resource';
import { checkResult } from '../../../../local/engine/test-state/result-schema';

const resource = (name: string): Resource => parseResource(`arn:aws:states:::${name}`) as Resource;
const check =
  (name: string, result: Json, mode: 'STRICT' | 'PRESENT' | 'NONE' = 'STRICT') =>
  () =>
    checkResult(result, resource(name), mode);

// https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html: fieldValidationMode
test('only STRICT wants the required fields', () => {
  const result = { ExecutionArn: 'arn' };
  expect(check('states:startExecution', result)).toThrow("Required field 'StartDate' is missing");
  expect(check('states:startExecution', result, 'PRESENT')).not.toThrow();
});

test('NONE checks nothing', () => {
  expect(check('sqs:sendMessage', { MessageId: 1 }, 'NONE')).not.toThrow();
  expect(check('sqs:sendMessage', { MessageId: 1 }, 'PRESENT')).toThrow("Field 'MessageId' must be a string");
});

test('an optimized integration and its SDK integration have one model', () => {
  for (const name of ['events:putEvents', 'aws-sdk:eventbridge:putEvents']) {
    expect(check(name, { FailedEntryCount: '0' })).toThrow("Field 'FailedEntryCount' must be a number");
  }
});

test('the payload of an optimized Lambda integration is any JSON, that of the SDK integration a text', () => {
  expect(check('lambda:invoke', { Payload: { a: 1 } })).not.toThrow();
  expect(check('aws-sdk:lambda:invoke', { Payload: { a: 1 } })).toThrow("Field 'Payload' must be a string");
});

test('the values of a map are checked', () => {
  const item = (value: Json) => check('dynamodb:getItem', { Item: { id: value } });
  expect(item({ S: 'a' })).not.toThrow();
  expect(item({ BOOL: 'yes' })).toThrow("Field 'BOOL' must be a boolean");
  expect(item('a')).toThrow("Field 'Item' must be an object");
});

test('a result that is no object is refused where the model has fields', () => {
  expect(check('sns:publish', 'sent')).toThrow('The result must be an object');
});

test('services and operations without a model are not checked', () => {
  expect(check('aws-sdk:neptune:describeDBClusters', { DBClusters: 1 })).not.toThrow();
  expect(check('aws-sdk:s3:toString', { Body: 1 })).not.toThrow();
  expect(check('aws-sdk:constructor:toString', 1)).not.toThrow();
});

test('what a job or a callback ends with is not the result of the operation', () => {
  expect(check('states:startExecution.sync', { Status: 1 })).not.toThrow();
  expect(check('sqs:sendMessage.waitForTaskToken', 'approved')).not.toThrow();
});
