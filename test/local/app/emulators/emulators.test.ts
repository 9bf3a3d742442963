import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { QueueDoesNotExist, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { buildSync } from 'esbuild';
import { LocalClock } from '../../../../local/app/local-clock';
import { ACCOUNT, REGION, runApp } from './running-app';

type Running = Awaited<ReturnType<typeof runApp>>;

let app: Running;
afterEach(() => app.close());

const virtual = () => LocalClock.virtual(new Date('2030-01-01T00:00:00Z'));
const client = () => ({ endpoint: app.url, region: REGION, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });

/** A handler with the SDK in it, as a build makes one. */
function bundle(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'handler-'));
  const resolveDir = join(__dirname, '..', '..', '..', '..');
  buildSync({
    stdin: { contents: source, resolveDir },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outfile: join(folder, 'index.js'),
  });
  return folder;
}

test('a function answers the task token of a message that a machine sent to its queue', async () => {
  const code = bundle(`
    import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
    const states = new SFNClient({});
    export const handler = async ({ Records }) => {
      for (const { body } of Records) {
        const { taskToken, order } = JSON.parse(body);
        await states.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ packed: order }) }));
      }
    };`);
  const define = (stack: Stack) => {
    const queue = new sqs.Queue(stack, 'Queue');
    const worker = new lambda.Function(stack, 'Worker', {
      runtime: lambda.Runtime.NODEJS_20_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(code),
      timeout: Duration.seconds(20),
    });
    worker.addEventSource(new SqsEventSource(queue));
    const send = tasks.SqsSendMessage.jsonPath(stack, 'Send', {
      queue,
      integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      messageBody: sfn.TaskInput.fromObject({ taskToken: sfn.JsonPath.taskToken, order: sfn.JsonPath.stringAt('$.order') }),
      taskTimeout: sfn.Timeout.duration(Duration.days(2)),
    });
    new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(send) });
  };
  app = await runApp(define, virtual());

  const report = await app.run({ order: '7' });

  expect(report).toMatchObject({ status: 'SUCCEEDED', output: { packed: '7' } });
  expect(app.failures).toEqual([]);
  rmSync(code, { recursive: true });
});

test('a function sends to the queue of its variable, which is on this machine', async () => {
  const code = bundle(`
    import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
    const queues = new SQSClient({ maxAttempts: 1 });
    export const handler = ({ order }) =>
      queues.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: order })).then(() => null);`);
  app = await runApp((stack) => {
    const queue = new sqs.Queue(stack, 'Queue', { queueName: 'Work' });
    const sender = new lambda.Function(stack, 'Sender', {
      runtime: lambda.Runtime.NODEJS_20_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(code),
      timeout: Duration.seconds(20),
      environment: { QUEUE_URL: queue.queueUrl },
    });
    const send = tasks.LambdaInvoke.jsonPath(stack, 'Send', { lambdaFunction: sender });
    new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(send) });
  });

  const report = await app.run({ order: '7' });

  expect(report).toMatchObject({ status: 'SUCCEEDED' });
  const received = await app.call('sqs', 'ReceiveMessage', { QueueUrl: `${app.url}/x/Work` });
  expect(received).toMatchObject({ Messages: [{ Body: '7' }] });
  rmSync(code, { recursive: true });
});

test('a machine puts an item once, and catches the condition that fails', async () => {
  const define = (stack: Stack) => {
    const table = new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
    const key = { id: tasks.DynamoAttributeValue.fromString(sfn.JsonPath.stringAt('$.id')) };
    const put = (id: string) =>
      tasks.DynamoPutItem.jsonPath(stack, id, {
        table,
        item: { ...key, votes: tasks.DynamoAttributeValue.fromNumber(0) },
        conditionExpression: 'attribute_not_exists(id)',
        resultPath: sfn.JsonPath.DISCARD,
      });
    const update = tasks.DynamoUpdateItem.jsonPath(stack, 'Vote', {
      table,
      key,
      updateExpression: 'ADD votes :one',
      expressionAttributeValues: { ':one': tasks.DynamoAttributeValue.fromNumber(1) },
      resultPath: sfn.JsonPath.DISCARD,
    });
    const get = tasks.DynamoGetItem.jsonPath(stack, 'Read', {
      table,
      key,
      resultSelector: { votes: sfn.JsonPath.stringAt('$.Item.votes.N') },
      resultPath: '$.read',
    });
    const again = put('Again').addCatch(get, { errors: ['DynamoDB.ConditionalCheckFailedException'], resultPath: '$.refused' });
    const definitionBody = sfn.DefinitionBody.fromChainable(put('Put').next(update).next(again));
    new sfn.StateMachine(stack, 'Machine', { definitionBody });
  };
  app = await runApp(define, virtual());

  const report = await app.run({ id: '1' });

  expect(report).toMatchObject({
    status: 'SUCCEEDED',
    output: { refused: { Error: 'DynamoDB.ConditionalCheckFailedException' }, read: { votes: '1' } },
  });
});

test('what is published to a topic comes to the queues that subscribed, filtered and raw as they want it', async () => {
  app = await runApp((stack) => {
    const topic = new sns.Topic(stack, 'Topic', { topicName: 'Orders' });
    const kind = sns.SubscriptionFilter.stringFilter({ allowlist: ['new'] });
    topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'All', { queueName: 'All' })));
    topic.addSubscription(
      new subscriptions.SqsSubscription(new sqs.Queue(stack, 'New', { queueName: 'New' }), {
        filterPolicy: { kind },
        rawMessageDelivery: true,
      }),
    );
    topic.addSubscription(new subscriptions.EmailSubscription('a@example.com'));
  }, virtual());
  const publish = (Message: string, StringValue: string) =>
    app.call('sns', 'Publish', {
      TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:Orders`,
      Message,
      MessageAttributes: { kind: { DataType: 'String', StringValue } },
    });
  await publish('one', 'new');
  await publish('two', 'old');

  const bodies = async (name: string) => {
    const { Messages } = await app.call('sqs', 'ReceiveMessage', { QueueUrl: `${app.url}/x/${name}`, MaxNumberOfMessages: 10 });
    return (Messages as { Body: string }[]).map(({ Body }) => Body);
  };
  expect(await bodies('New')).toEqual(['one']);
  expect((await bodies('All')).map((body) => JSON.parse(body).Message)).toEqual(['one', 'two']);
  expect(app.outbox()).toMatchObject([{ to: 'a@example.com', message: 'one' }, { message: 'two' }]);
});

test('an event starts the machine of the rule that matches it, with what the rule makes of it', async () => {
  app = await runApp((stack) => {
    const definitionBody = sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Done'));
    const machine = new sfn.StateMachine(stack, 'Machine', { definitionBody });
    const bus = new events.EventBus(stack, 'Bus', { eventBusName: 'shop' });
    new events.Rule(stack, 'Rule', {
      eventBus: bus,
      eventPattern: { source: ['shop'], detail: { total: events.Match.greaterThan(10) } },
      targets: [
        new eventTargets.SfnStateMachine(machine, {
          input: events.RuleTargetInput.fromObject({ order: events.EventField.fromPath('$.detail.order') }),
        }),
      ],
    });
  });
  const bridge = new EventBridgeClient(client());
  const entry = (order: string, total: number) => ({
    EventBusName: 'shop',
    Source: 'shop',
    DetailType: 'Order',
    Detail: JSON.stringify({ order, total }),
  });

  const answer = await bridge.send(new PutEventsCommand({ Entries: [entry('a', 5), entry('b', 50)] }));

  expect(answer.FailedEntryCount).toBe(0);
  expect(app.failures).toEqual([]);
  expect(app.inputs()).toEqual([{ order: 'b' }]);
  bridge.destroy();
});

test('the SDK drives the tables and queues of an app', async () => {
  app = await runApp((stack) => {
    new dynamodb.CfnGlobalTable(stack, 'Table', {
      tableName: 'Votes',
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      replicas: [{ region: REGION }],
    });
    new sqs.Queue(stack, 'Queue', { queueName: 'Work' });
  });
  const database = new DynamoDBClient(client());
  const put = new PutItemCommand({
    TableName: 'Votes',
    Item: { id: { S: '1' }, photo: { B: Buffer.from([0, 255]) } },
    ConditionExpression: 'attribute_not_exists(id)',
  });
  await database.send(put);
  await expect(database.send(put)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  database.destroy();

  const queues = new SQSClient({ ...client(), maxAttempts: 1 });
  const QueueUrl = `${app.url}/111122223333/Work`;
  const MessageAttributes = {
    kind: { DataType: 'String', StringValue: 'new' },
    photo: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
  };
  const polled = queues.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MessageAttributeNames: ['All'] }));
  const sent = await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: 'héllo', MessageAttributes }));
  const { Messages } = await polled;

  expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
  expect(Messages).toMatchObject([{ Body: 'héllo', MD5OfMessageAttributes: sent.MD5OfMessageAttributes }]);
  await expect(queues.send(new SendMessageCommand({ QueueUrl: `${app.url}/x/Other`, MessageBody: 'a' }))).rejects.toBeInstanceOf(
    QueueDoesNotExist,
  );
  queues.destroy();
});

test('what is not emulated is named by its path, and the rest is there', async () => {
  const stream = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Other/stream/1';
  app = await runApp((stack) => {
    const machine = new sfn.Pass(stack, 'Done');
    const definitionBody = sfn.DefinitionBody.fromChainable(machine);
    const target = new eventTargets.SfnStateMachine(new sfn.StateMachine(stack, 'Machine', { definitionBody }));
    new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [target] });
    new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      stream: dynamodb.StreamViewType.NEW_IMAGE,
    });
    const topic = new sns.Topic(stack, 'Topic');
    new sns.CfnSubscription(stack, 'Hook', { topicArn: topic.topicArn, protocol: 'https', endpoint: 'https://example.com' });
    new lambda.CfnEventSourceMapping(stack, 'Changes', { functionName: 'F', eventSourceArn: stream });
    new events.CfnRule(stack, 'ToLogs', {
      eventPattern: { source: ['shop'] },
      targets: [{ id: 'logs', arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:L' }],
    });
  });

  expect(app.problems).toEqual([
    expect.stringMatching(/^Shop\/Hook \(AWS::SNS::Subscription\): .*Protocol 'https' is not supported/),
    "Shop/Nightly (AWS::Events::Rule): ScheduleExpression 'rate(1 day)' is not fired on this machine",
    expect.stringMatching(/^Shop\/ToLogs \(AWS::Events::Rule\): the target 'arn:aws:logs:.*' gets nothing on this machine/),
    `Shop/Changes (AWS::Lambda::EventSourceMapping): EventSourceArn '${stream}' delivers nothing on this machine, only queues of SQS do`,
    'Shop/Table (AWS::DynamoDB::Table): StreamSpecification is not supported on this machine',
  ]);
  expect(await app.call('dynamodb', 'ListTables', {})).toMatchObject({ TableNames: [expect.stringMatching(/^Shop-Table/)] });
});
