import { readIntegration } from '../../../../local/services/sdk/integration';

describe('readIntegration', () => {
  test.each([
    ['arn:aws:states:::dynamodb:putItem', 'dynamodb', 'PutItem', true],
    ['arn:aws:states:::events:putEvents', 'events', 'PutEvents', true],
    ['arn:aws:states:::aws-sdk:eventbridge:putEvents', 'events', 'PutEvents', false],
    ['arn:aws:states:::sqs:sendMessage.waitForTaskToken', 'sqs', 'SendMessage', true],
    ['arn:aws-cn:states:::aws-sdk:sesv2:sendEmail', 'sesv2', 'SendEmail', false],
    ['arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject', 's3', 'GetObject', false],
  ])('%s is %s %s', (resource, service, operation, optimised) => {
    expect(readIntegration(resource)).toEqual({ service, operation, optimised, runsJob: false });
  });

  test.each(['arn:aws:states:::ecs:runTask.sync', 'arn:aws:states:::aws-sdk:batch:submitJob.sync:2'])(
    '%s waits for a job',
    (resource) => {
      expect(readIntegration(resource)?.runsJob).toBe(true);
    },
  );

  test.each([
    'arn:aws:states:::lambda:invoke',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:us-east-1:123456789012:activity:Work',
    'arn:aws:lambda:us-east-1:123456789012:function:Work',
    'arn:aws:states:::http:invoke',
    'arn:aws:states:::apigateway:invoke',
    '',
  ])('%s is no operation of an API', (resource) => {
    expect(readIntegration(resource)).toBeUndefined();
  });
});
