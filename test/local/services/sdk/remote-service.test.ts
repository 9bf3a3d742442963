import { httpFaces } from '../../../../local/app/http-faces';
import { LocalApp } from '../../../../local/app/local-app';
import { JsonServer } from '../../../../local/services/http/json-server';
import { RemoteService } from '../../../../local/services/sdk/remote-service';

// the endpoint is our own: what matters is the way there and back, through the SDK's clients
const app = LocalApp.empty();
const faults: unknown[] = [];
const onFault = (fault: unknown) => faults.push(fault);
const server = new JsonServer({ ...httpFaces(() => app, onFault), onFault });
let endpoint: string;

beforeAll(async () => {
  endpoint = (await server.listen(0)).url;
});
afterAll(async () => {
  await server.close();
  await app.close();
  expect(faults).toEqual([]);
});

const remote = (service: string, url = endpoint, directory = process.cwd()) =>
  new RemoteService({ service, endpoint: url, region: 'us-east-1', directory });

describe('a service at an endpoint that the user names', () => {
  test('is called with members as Step Functions writes them, and answers so', async () => {
    const sfn = remote('sfn');
    const { ActivityArn } = await sfn.call('CreateActivity', { Name: 'Work', Tags: [{ Key: 'team', Value: 'a' }] });
    const described = await sfn.call('DescribeActivity', { ActivityArn });
    expect(described).toEqual({ ActivityArn, Name: 'Work', CreationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) });
    expect(await sfn.call('ListTagsForResource', { ResourceArn: ActivityArn })).toEqual({ Tags: [{ Key: 'team', Value: 'a' }] });
  });

  test('keeps the keys of maps as they are', async () => {
    const dynamodb = remote('dynamodb');
    await dynamodb.call('CreateTable', {
      TableName: 'orders',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const status = async () =>
      ((await dynamodb.call('DescribeTable', { TableName: 'orders' })).Table as { TableStatus: string }).TableStatus;
    while ((await status()) !== 'ACTIVE');
    const Item = { id: { S: '1' }, lowerCase: { M: { inner: { L: [{ N: '2' }] } } } };
    await dynamodb.call('PutItem', { TableName: 'orders', Item });
    expect(await dynamodb.call('GetItem', { TableName: 'orders', Key: { id: { S: '1' } } })).toEqual({ Item });
  });

  test('speaks the protocol of the service', async () => {
    const sns = remote('sns');
    const { TopicArn } = await sns.call('CreateTopic', { Name: 'news' });
    expect(TopicArn).toBe('arn:aws:sns:us-east-1:123456789012:news');
    const sqs = remote('sqs');
    const { QueueUrl } = await sqs.call('CreateQueue', { QueueName: 'jobs' });
    expect(QueueUrl).toContain('/123456789012/jobs');
  });

  test('answers with its own errors', async () => {
    await expect(remote('sfn').call('DescribeActivity', { ActivityArn: 'x' })).rejects.toMatchObject({
      name: 'InvalidArn',
      statusCode: 400,
    });
  });

  test('that does not answer is an error of the client', async () => {
    const call = remote('sqs', 'http://127.0.0.1:9').call('ListQueues', {});
    await expect(call).rejects.toMatchObject({ name: 'SdkClientException', message: expect.stringContaining('127.0.0.1:9') });
  });

  test('refuses an operation that it has not', async () => {
    await expect(remote('sqs').call('Fly', {})).rejects.toMatchObject({ message: 'sqs has no operation Fly' });
  });

  test('bears the name that the SDK for Java gives it', () => {
    expect([remote('sqs'), remote('s3'), remote('sns'), remote('dynamodb')].map(({ product }) => product)).toEqual([
      'Sqs',
      'S3',
      'Sns',
      'DynamoDb',
    ]);
  });

  test('says which client it needs where the project has none', async () => {
    const missing = remote('ssm');
    expect(missing.problem).toContain('npm install --save-dev @aws-sdk/client-ssm');
    await expect(missing.call('GetParameter', {})).rejects.toThrow('@aws-sdk/client-ssm');
    expect(remote('sqs').problem).toBeUndefined();
  });
});
