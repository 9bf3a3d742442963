import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { LocalClock } from '../../../../local/app/local-clock';
import type { AwsError } from '../../../../local/services/http/aws-error';
import { readBody } from '../../../../local/services/http/request-body';
import { readQuery, writeQueryError, writeQueryResult } from '../../../../local/services/sns/query-protocol';
import { type QueueMessage, SnsService } from '../../../../local/services/sns/sns-service';

const queued: QueueMessage[] = [];
const service = new SnsService({
  region: 'eu-west-1',
  accountId: '111122223333',
  clock: LocalClock.real(),
  uuid: randomUUID,
  topics: [],
  subscriptions: [],
  sendToQueue: async (_, message) => {
    queued.push(message);
  },
  invoke: async () => {},
  onFailure: () => {},
});
let server: Server;
let client: SNSClient;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { operation, input } = readQuery((await readBody(request, 1_000_000)).toString());
    try {
      response.end(writeQueryResult(operation, await service.call(operation, input), 'r'));
    } catch (error) {
      response.statusCode = (error as AwsError).statusCode;
      response.end(writeQueryError(error as AwsError, 'r'));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new SNSClient({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
});

afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

test('the SDK creates, subscribes and publishes, with attributes and signs that XML knows', async () => {
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'New', Attributes: { DisplayName: 'A & <B>' } }));
  const Attributes = { RawMessageDelivery: 'true', FilterPolicy: '{"kind":["new"],"count":[2]}' };
  await client.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:111122223333:Q', Attributes }),
  );
  const MessageAttributes = {
    kind: { DataType: 'String', StringValue: 'new' },
    count: { DataType: 'Number', StringValue: '2' },
  };

  const { MessageId } = await client.send(new PublishCommand({ TopicArn, Message: 'a=b&c <d>\n"é"', MessageAttributes }));

  expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
  expect(queued).toEqual([{ body: 'a=b&c <d>\n"é"', attributes: MessageAttributes }]);
  expect((await client.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({ DisplayName: 'A & <B>' });
  expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions).toMatchObject([{ Protocol: 'sqs', TopicArn }]);
});

test('the SDK reads a batch that succeeded in part', async () => {
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'Batch' }));
  const PublishBatchRequestEntries = Array.from({ length: 10 }, (_, i) => ({ Id: `m${i}`, Message: i === 3 ? ' ' : `${i}` }));
  PublishBatchRequestEntries[4] = { Id: 'm4', Message: '' };

  const { Successful, Failed } = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));

  expect(Successful?.map(({ Id }) => Id)).toEqual(['m0', 'm1', 'm2', 'm3', 'm5', 'm6', 'm7', 'm8', 'm9']);
  expect(Failed).toMatchObject([{ Id: 'm4', SenderFault: true }]);
});

test('the SDK tells an error by its type', async () => {
  const published = client.send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:111122223333:Other', Message: 'a' }));

  await expect(published).rejects.toMatchObject({ name: 'NotFoundException', message: 'Topic does not exist' });
});
