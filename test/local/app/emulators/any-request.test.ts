import fc from 'fast-check';
import { Emulators } from '../../../../local/app/emulators/emulators';
import { LocalClock } from '../../../../local/app/local-clock';
import type { JsonObject } from '../../../../local/services/aws-service';
import { AwsError } from '../../../../local/services/http/aws-error';
import { readQuery } from '../../../../local/services/sns/query-protocol';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:T';

const emulators = new Emulators({
  region: 'eu-west-1',
  accountId: '111122223333',
  clock: LocalClock.virtual(new Date('2030-01-01T00:00:00Z')),
  resources: [],
  invoke: () => Promise.reject(new Error('there is no function')),
  startExecution: () => {
    throw new Error('there is no machine');
  },
  onFailure: () => {},
});
afterAll(() => emulators.close());

const REQUESTS: { readonly [service: string]: readonly [operations: readonly string[], members: readonly string[]] } = {
  dynamodb: [
    ['PutItem', 'UpdateItem', 'Query', 'CreateTable', 'UpdateTimeToLive', 'BatchWriteItem', 'toString'],
    ['TableName', 'Item', 'Key', 'UpdateExpression', 'KeySchema', 'TimeToLiveSpecification', 'RequestItems', 'Limit'],
  ],
  sqs: [
    ['CreateQueue', 'SendMessage', 'ReceiveMessage', 'DeleteMessage', 'SendMessageBatch', 'SetQueueAttributes', 'toString'],
    [
      'QueueName',
      'QueueUrl',
      'MessageBody',
      'MessageAttributes',
      'ReceiptHandle',
      'Entries',
      'Attributes',
      'MaxNumberOfMessages',
    ],
  ],
  sns: [
    ['CreateTopic', 'Subscribe', 'Publish', 'PublishBatch', 'SetSubscriptionAttributes', 'toString'],
    [
      'Name',
      'TopicArn',
      'Message',
      'MessageAttributes',
      'MessageStructure',
      'Attributes',
      'PublishBatchRequestEntries',
      'Protocol',
    ],
  ],
  events: [
    ['PutEvents', 'PutRule', 'PutTargets', 'RemoveTargets', 'TestEventPattern', 'CreateEventBus', 'toString'],
    ['Entries', 'Name', 'Rule', 'EventPattern', 'Event', 'Targets', 'Ids', 'EventBusName', 'State'],
  ],
};

const value = fc.oneof(
  fc.constant({ toString: 0 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('T', 'https://sqs/1/T', TOPIC, 'sqs', 'json', '{"a":[{"exists":true}]}'),
  fc.array(
    fc.dictionary(fc.constantFrom('Id', 'Arn', 'MessageBody', 'Message', 'Detail', 'InputPath'), fc.jsonValue({ maxDepth: 1 })),
  ),
);

beforeAll(async () => {
  const call = (name: string, operation: string, input: JsonObject) =>
    emulators.services.find((service) => service.name === name)!.call(operation, input);
  await call('sqs', 'CreateQueue', { QueueName: 'T' });
  await call('sns', 'CreateTopic', { Name: 'T' });
  await call('events', 'PutRule', { Name: 'T', EventPattern: '{"source":[{"exists":true}]}' });
});

test.each(Object.keys(REQUESTS))('%s answers whatever it is asked, or refuses it as AWS refuses', async (name) => {
  const service = emulators.services.find((one) => one.name === name)!;
  const [operations, names] = REQUESTS[name]!;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations),
      fc.dictionary(fc.constantFrom(...names), value) as fc.Arbitrary<JsonObject>,
      async (operation, members) => {
        // as off the wire: objects that are like any other
        const input = JSON.parse(JSON.stringify(members)) as JsonObject;
        const refused = await service.call(operation, input).then(
          () => undefined,
          (error) => error,
        );
        if (refused !== undefined) expect(refused).toBeInstanceOf(AwsError);
      },
    ),
    { numRuns: 300 },
  );
});

test('any text is read as a query, or refused', () => {
  const path = fc.array(fc.constantFrom('member', 'entry', '1', 'key', 'Name', '__proto__', ''), { maxLength: 12 });
  const body = fc.array(fc.tuple(path, fc.string())).map((pairs) => {
    return new URLSearchParams(pairs.map(([names, text]): [string, string] => [names.join('.'), text])).toString();
  });
  fc.assert(
    fc.property(fc.oneof(body, fc.string()), (text) => {
      try {
        expect(typeof readQuery(text).operation).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError);
      }
    }),
    { numRuns: 300 },
  );
});
