import type { Json, TaskRequest } from '../../../../local/engine/host';
import type { AwsService, JsonObject } from '../../../../local/services/aws-service';
import { AwsError } from '../../../../local/services/http/aws-error';
import { SdkTask } from '../../../../local/services/sdk/sdk-task';

/** Runs a task against a service that answers with `result`, and shows what it was called with. */
async function run(resource: string, parameters: Json, result: JsonObject | Error, product?: string) {
  const calls: { operation: string; input: JsonObject }[] = [];
  const service: AwsService = {
    name: 'any',
    product,
    call: async (operation, input) => {
      calls.push({ operation, input });
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const outcome = await new SdkTask(() => service).run({ resource, parameters } as TaskRequest);
  return { outcome: outcome as { output: JsonObject } & { error: string; cause: string }, calls };
}

describe('a task that calls an operation of a service', () => {
  test('calls it by its name in the API, with the parameters as they are', async () => {
    const { calls } = await run('arn:aws:states:::aws-sdk:dynamodb:getItem', { TableName: 'T' }, {});
    expect(calls).toEqual([{ operation: 'GetItem', input: { TableName: 'T' } }]);
  });

  test('hands on the result alone where it goes through the SDK', async () => {
    const { outcome } = await run('arn:aws:states:::aws-sdk:dynamodb:getItem', {}, { Item: {} });
    expect(outcome).toEqual({ output: { Item: {} } });
  });

  test.each(['dynamodb:putItem', 'sqs:sendMessage'])('adds the headers of the answer for %s', async (action) => {
    const { outcome } = await run(`arn:aws:states:::${action}`, {}, { Id: '1' });
    expect(outcome.output).toMatchObject({
      Id: '1',
      SdkHttpMetadata: {
        HttpStatusCode: 200,
        HttpHeaders: { 'Content-Length': '10' },
        AllHttpHeaders: { 'Content-Length': ['10'] },
      },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
  });

  test('adds the headers of the XML that SNS answered, as long as it was recorded to be', async () => {
    const { outcome } = await run('arn:aws:states:::sns:publish', {}, { MessageId: '5e9ab7a4-97e9-4f0c-8a0b-0c5bd1a3f2c1' });
    expect(outcome.output).toMatchObject({
      SdkHttpMetadata: { HttpHeaders: { 'Content-Length': '294', 'Content-Type': 'text/xml' } },
    });
  });

  test('adds nothing to what EventBridge answers', async () => {
    const output = { Entries: [{ EventId: '1' }], FailedEntryCount: 0 };
    expect((await run('arn:aws:states:::events:putEvents', {}, output)).outcome).toEqual({ output });
  });

  test('fails where EventBridge took an event not', async () => {
    const output = { Entries: [{ ErrorCode: 'MalformedDetail' }], FailedEntryCount: 1 };
    const { outcome } = await run('arn:aws:states:::events:putEvents', {}, output);
    expect(outcome).toEqual({ error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) });
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['sqs:sendMessage', { MessageBody: { a: 1 } }, { MessageBody: '{"a":1}' }],
    ['sqs:sendMessage', { MessageBody: 'a' }, { MessageBody: 'a' }],
    ['sqs:sendMessage', { MessageBody: null }, { MessageBody: null }],
    ['sns:publish', { Message: [1] }, { Message: '[1]' }],
    ['aws-sdk:s3:putObject', { Body: false }, { Body: 'false' }],
    ['events:putEvents', { Entries: [{ Detail: { a: 1 } }] }, { Entries: [{ Detail: '{"a":1}' }] }],
  ])('writes JSON where %s takes text: %j', async (action, parameters, input) => {
    const { calls } = await run(`arn:aws:states:::${action}`, parameters, {});
    expect(calls[0]!.input).toEqual(input);
  });
});

describe('an error of a service', () => {
  const failed = (action: string, error: AwsError, product?: string) => run(`arn:aws:states:::${action}`, {}, error, product);
  const condition = new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 'com.amazonaws.dynamodb');
  const invalid = new AwsError('ValidationException', 'no item', 'com.amazon.coral.validate');

  test('that it declares has its name', async () => {
    const { outcome } = await failed('dynamodb:putItem', condition);
    expect(outcome.error).toBe('DynamoDB.ConditionalCheckFailedException');
    expect(outcome.cause).toMatch(
      /^The conditional request failed \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: \S+; Proxy: null\)$/,
    );
  });

  test('that it does not declare has the name of the service', async () => {
    expect((await failed('dynamodb:putItem', invalid)).outcome.error).toBe('DynamoDB.AmazonDynamoDBException');
    expect((await failed('aws-sdk:dynamodb:putItem', invalid)).outcome.error).toBe('DynamoDb.DynamoDbException');
  });

  test('is written otherwise by the SDK', async () => {
    const { outcome } = await failed('aws-sdk:dynamodb:putItem', condition);
    expect(outcome.error).toBe('DynamoDb.ConditionalCheckFailedException');
    expect(outcome.cause).toMatch(/^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: \S+\)$/);
  });

  test('ends in Exception, as a class of the SDK does', async () => {
    const missing = new AwsError('NotFound', 'Topic does not exist', 'com.amazonaws.sns', 404);
    expect((await failed('sns:publish', missing)).outcome.error).toBe('SNS.NotFoundException');
    const bucket = new AwsError('NoSuchBucket', 'The specified bucket does not exist', 'S3', 404);
    const { outcome } = await failed('aws-sdk:s3:listObjects', bucket);
    expect(outcome.error).toBe('S3.NoSuchBucketException');
    expect(outcome.cause).toMatch(/\(Service: S3, Status Code: 404, Request ID: \S+, Extended Request ID: \S+\)$/);
  });

  test('has the name that a service says it bears', async () => {
    const { outcome } = await failed('aws-sdk:secretsmanager:getSecretValue', condition, 'SecretsManager');
    expect(outcome.error).toBe('SecretsManager.ConditionalCheckFailedException');
  });

  test('of this program is none of the service', async () => {
    await expect(run('arn:aws:states:::sqs:sendMessage', {}, new TypeError('a bug'))).rejects.toThrow('a bug');
  });
});

describe('what cannot be run', () => {
  const task = new SdkTask(() => undefined);

  test('is said with the way to supply it', () => {
    expect(task.unsupported('arn:aws:states:::aws-sdk:eventbridge:putEvents')).toBe(
      "'arn:aws:states:::aws-sdk:eventbridge:putEvents': nothing on this machine answers for eventbridge; say who does with --endpoint eventbridge=URL",
    );
    expect(task.supports('arn:aws:states:::aws-sdk:eventbridge:putEvents')).toBe(false);
  });

  test('is a job that a state waits for', () => {
    expect(task.unsupported('arn:aws:states:::ecs:runTask.sync')).toContain('waits for a job');
  });

  test('says nothing of what is no operation', () => {
    expect(task.unsupported('arn:aws:states:::lambda:invoke')).toBeUndefined();
    expect(task.supports('arn:aws:states:::lambda:invoke')).toBe(false);
  });
});
