import { randomUUID } from 'node:crypto';
import { LocalClock } from '../../../../local/app/local-clock';
import type { Json } from '../../../../local/engine/host';
import type { JsonObject } from '../../../../local/services/aws-service';
import { type QueueMessage, SnsService } from '../../../../local/services/sns/sns-service';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:Orders';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:Orders';
const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:Orders';

function sns(subscriber: { protocol?: string; endpoint?: string } & { [attribute: string]: string } = {}) {
  const { protocol = 'sqs', endpoint = QUEUE, ...attributes } = subscriber;
  const queued: ({ arn: string } & QueueMessage)[] = [];
  const invoked: { arn: string; event: Json }[] = [];
  const failures: string[] = [];
  const service = new SnsService({
    region: 'eu-west-1',
    accountId: '111122223333',
    clock: LocalClock.virtual(new Date('2030-01-01T00:00:00Z')),
    uuid: randomUUID,
    topics: [{ name: 'Orders', attributes: {} }],
    subscriptions: [{ topicArn: TOPIC, protocol, endpoint, attributes }],
    sendToQueue: async (arn, message) => {
      queued.push({ arn, ...message });
    },
    invoke: async (arn, event) => {
      invoked.push({ arn, event });
      if (arn.endsWith('Broken')) throw new Error('out of order');
    },
    onFailure: (message) => failures.push(message),
  });
  const publish = (Message: string, more: JsonObject = {}) => service.call('Publish', { TopicArn: TOPIC, Message, ...more });
  return { service, publish, queued, invoked, failures };
}

const attribute = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });

describe('a queue gets', () => {
  test('what was published in an envelope', async () => {
    const { publish, queued } = sns();
    const { MessageId } = await publish('hello', { Subject: 'Greeting', MessageAttributes: { kind: attribute('new') } });

    expect(queued).toEqual([{ arn: QUEUE, body: expect.any(String) }]);
    expect(JSON.parse(queued[0]!.body)).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn: TOPIC,
      Subject: 'Greeting',
      Message: 'hello',
      Timestamp: '2030-01-01T00:00:00.000Z',
      MessageAttributes: { kind: { Type: 'String', Value: 'new' } },
    });
  });

  test('the message itself with its attributes, where it wants it raw', async () => {
    const { publish, queued } = sns({ RawMessageDelivery: 'true' });
    const MessageAttributes = { kind: attribute('new') };
    await publish('hello', { MessageAttributes });

    expect(queued).toEqual([{ arn: QUEUE, body: 'hello', attributes: MessageAttributes }]);
  });

  test('the text for its protocol', async () => {
    const { publish, queued } = sns({ RawMessageDelivery: 'true' });
    await publish(JSON.stringify({ default: 'any', sqs: 'queue' }), { MessageStructure: 'json' });

    expect(queued).toMatchObject([{ body: 'queue' }]);
  });
});

test('a function gets a record', async () => {
  const { publish, invoked } = sns({ protocol: 'lambda', endpoint: FUNCTION });
  await publish('hello');

  expect(invoked).toMatchObject([
    {
      arn: FUNCTION,
      event: {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: expect.stringMatching(`^${TOPIC}:`),
            Sns: { Type: 'Notification', Message: 'hello', Subject: null, MessageAttributes: {} },
          },
        ],
      },
    },
  ]);
});

test.each(['email', 'sms'])('what goes out by %s lies in the outbox', async (protocol) => {
  const { service, publish } = sns({ protocol, endpoint: 'somebody' });
  await publish('hello', { Subject: 'Greeting' });

  expect(service.outbox).toEqual([{ protocol, to: 'somebody', subject: 'Greeting', message: 'hello', at: Date.UTC(2030, 0, 1) }]);
});

test('a text message to a number lies in the outbox too', async () => {
  const { service } = sns();
  await service.call('Publish', { PhoneNumber: '+15550100', Message: 'hello' });

  expect(service.outbox).toMatchObject([{ protocol: 'sms', to: '+15550100', message: 'hello' }]);
});

test('what a function fails for goes to the dead-letter queue of its subscription', async () => {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: QUEUE });
  const { publish, queued, failures } = sns({ protocol: 'lambda', endpoint: `${FUNCTION}Broken`, RedrivePolicy });
  await publish('hello');
  await new Promise(setImmediate);

  expect(failures).toEqual([`${TOPIC} to ${FUNCTION}Broken: out of order`]);
  expect(queued).toMatchObject([{ arn: QUEUE }]);
});

describe('a filter policy', () => {
  const FilterPolicy = JSON.stringify({ kind: ['new', { prefix: 'up' }] });
  const delivered = async (policy: string, MessageAttributes: JsonObject, more: { [name: string]: string } = {}) => {
    const { publish, queued } = sns({ FilterPolicy: policy, ...more });
    await publish(JSON.stringify({ order: { total: 5 } }), { MessageAttributes } as JsonObject);
    return queued.length === 1;
  };

  test.each<[boolean, string, JsonObject]>([
    [true, FilterPolicy, { kind: attribute('new') }],
    [true, FilterPolicy, { kind: attribute('updated') }],
    [false, FilterPolicy, { kind: attribute('old') }],
    [false, FilterPolicy, {}],
    [true, FilterPolicy, { kind: attribute('["old","new"]', 'String.Array') }],
    [true, '{"total":[{"numeric":[">",4]}]}', { total: attribute('5', 'Number') }],
    [false, '{"total":[{"numeric":[">",4]}]}', { total: attribute('5') }],
    [true, '{"kind":[{"exists":false}]}', {}],
    [true, '{}', {}],
  ])('delivers: %s, by %s of %j', async (expected, policy, attributes) => {
    expect(await delivered(policy, attributes)).toBe(expected);
  });

  test('looks into the body where its scope says so', async () => {
    const scope = { FilterPolicyScope: 'MessageBody' };

    expect(await delivered('{"order":{"total":[5]}}', {}, scope)).toBe(true);
    expect(await delivered('{"order":{"total":[6]}}', {}, scope)).toBe(false);
  });

  test('that is none is refused, and the old one stays', async () => {
    const { service, publish, queued } = sns({ FilterPolicy });
    const { Subscriptions } = (await service.call('ListSubscriptions', {})) as { Subscriptions: { SubscriptionArn: string }[] };
    const { SubscriptionArn } = Subscriptions[0]!;

    const set = service.call('SetSubscriptionAttributes', {
      SubscriptionArn,
      AttributeName: 'FilterPolicy',
      AttributeValue: '{"kind":"new"}',
    });

    await expect(set).rejects.toThrow('Invalid parameter: FilterPolicy: "kind" must be an object or an array');
    await publish('hello', { MessageAttributes: { kind: attribute('old') } });
    expect(queued).toEqual([]);
  });
});

describe('a FIFO topic', () => {
  const fifo = async (ContentBasedDeduplication: string) => {
    const { service, queued } = sns();
    const Attributes = { FifoTopic: 'true', ContentBasedDeduplication };
    const { TopicArn } = await service.call('CreateTopic', { Name: 'Steps.fifo', Attributes });
    await service.call('Subscribe', { TopicArn: TopicArn!, Protocol: 'sqs', Endpoint: `${QUEUE}.fifo` });
    const publish = (more: JsonObject) => service.call('Publish', { TopicArn: TopicArn!, Message: 'hello', ...more });
    return { publish, queued };
  };

  test('hands on the group and what tells one message from another', async () => {
    const { publish, queued } = await fifo('true');
    await publish({ MessageGroupId: 'g' });

    expect(queued).toMatchObject([{ groupId: 'g', deduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  test('refuses what it could not order or tell apart', async () => {
    const { publish } = await fifo('false');

    await expect(publish({})).rejects.toThrow('MessageGroupId');
    await expect(publish({ MessageGroupId: 'g' })).rejects.toThrow('MessageDeduplicationId');
  });
});

test.each(['https', 'http', 'firehose', 'application'])('a subscription by %s is refused by name', async (Protocol) => {
  const { service } = sns();

  await expect(service.call('Subscribe', { TopicArn: TOPIC, Protocol, Endpoint: 'x' })).rejects.toThrow(
    `Protocol '${Protocol}' is not supported by SNS on this machine`,
  );
});

test('a topic that is deleted takes its subscriptions with it', async () => {
  const { service, publish } = sns();
  await service.call('DeleteTopic', { TopicArn: TOPIC });

  expect(await service.call('ListSubscriptions', {})).toEqual({ Subscriptions: [] });
  await expect(publish('hello')).rejects.toMatchObject({ name: 'NotFoundException', statusCode: 404 });
});

test('a batch may succeed in part', async () => {
  const { service } = sns();

  const answer = await service.call('PublishBatch', {
    TopicArn: TOPIC,
    PublishBatchRequestEntries: [
      { Id: 'good', Message: 'a' },
      { Id: 'bad', Message: '' },
    ],
  });

  expect(answer).toMatchObject({ Successful: [{ Id: 'good' }], Failed: [{ Id: 'bad', Code: 'InvalidParameterException' }] });
});
