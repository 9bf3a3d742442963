import type { JsonObject } from '../../../../local/services/aws-service';
import { DynamoDbService } from '../../../../local/services/dynamodb/dynamodb-service';

const VOTES = {
  TableName: 'Votes',
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'status', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byStatus',
      KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

let dynamodb: DynamoDbService;

beforeEach(() => {
  const tables = [{ definition: VOTES, timeToLiveAttribute: 'expiresAt' }];
  dynamodb = new DynamoDbService({ region: 'eu-west-1', accountId: '111122223333', tables });
});

afterEach(() => dynamodb.close());

const put = (item: JsonObject, more: JsonObject = {}) => dynamodb.call('PutItem', { TableName: 'Votes', Item: item, ...more });
const get = (id: string) => dynamodb.call('GetItem', { TableName: 'Votes', Key: { id: { S: id } } });

test('a table of the app is there at the first call, with the place it is deployed to', async () => {
  const { Table } = (await dynamodb.call('DescribeTable', { TableName: 'Votes' })) as { Table: JsonObject };

  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Votes',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  });
});

test('an item that was put is read again', async () => {
  await put({ id: { S: '1' }, count: { N: '2' } });

  expect(await get('1')).toEqual({ Item: { id: { S: '1' }, count: { N: '2' } } });
});

test('an index of the app is queried', async () => {
  await put({ id: { S: '1' }, status: { S: 'OPEN' } });
  await put({ id: { S: '2' }, status: { S: 'CLOSED' } });

  const found = await dynamodb.call('Query', {
    TableName: 'Votes',
    IndexName: 'byStatus',
    KeyConditionExpression: '#status = :open',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':open': { S: 'OPEN' } },
  });

  expect(found).toMatchObject({ Count: 1, Items: [{ id: { S: '1' } }] });
});

test('a condition that fails changes nothing and is told by its name', async () => {
  await put({ id: { S: '1' }, by: { S: 'first' } });

  const second = put({ id: { S: '1' }, by: { S: 'second' } }, { ConditionExpression: 'attribute_not_exists(id)' });

  await expect(second).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    namespace: 'com.amazonaws.dynamodb.v20120810',
    statusCode: 400,
  });
  expect(await get('1')).toMatchObject({ Item: { by: { S: 'first' } } });
});

test('of forty votes at once three reach a quorum of three', async () => {
  await put({ id: { S: '1' }, votes: { N: '0' } });
  const vote = () =>
    dynamodb.call('UpdateItem', {
      TableName: 'Votes',
      Key: { id: { S: '1' } },
      UpdateExpression: 'ADD votes :one',
      ConditionExpression: 'votes < :quorum',
      ExpressionAttributeValues: { ':one': { N: '1' }, ':quorum': { N: '3' } },
    });

  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, vote));

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(await get('1')).toMatchObject({ Item: { votes: { N: '3' } } });
});

test('the input of a call is left as it was', async () => {
  const input = { TableName: 'Votes', Item: { id: { S: '1' } }, Unknown: true };

  await dynamodb.call('PutItem', input);

  expect(input).toEqual({ TableName: 'Votes', Item: { id: { S: '1' } }, Unknown: true });
});

test('a table that is not there is told by its name', async () => {
  await expect(dynamodb.call('GetItem', { TableName: 'Other', Key: { id: { S: '1' } } })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test.each(['TransactWriteItems', 'ExecuteStatement'])('%s is refused by name, with the way out', async (operation) => {
  await expect(dynamodb.call(operation, {})).rejects.toMatchObject({
    name: 'ValidationException',
    message: `the operation ${operation} is not supported by DynamoDB on this machine; name another with --endpoint dynamodb=URL`,
  });
});

test('to be given the item that failed a condition is refused, not ignored', async () => {
  const asked = put({ id: { S: '1' } }, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });

  await expect(asked).rejects.toThrow("ReturnValuesOnConditionCheckFailure 'ALL_OLD' is not supported");
});

test('a table of the app that DynamoDB refuses is named', async () => {
  const definition = { ...VOTES, KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }] };
  const broken = new DynamoDbService({ region: 'eu-west-1', accountId: '111122223333', tables: [{ definition }] });

  await expect(broken.call('ListTables', {})).rejects.toThrow("the app's table Votes could not be created: ");
  await expect(broken.close()).resolves.toBeUndefined();
});

describe('time to live', () => {
  const describeTtl = (TableName: string) => dynamodb.call('DescribeTimeToLive', { TableName });
  const update = (TimeToLiveSpecification: JsonObject) =>
    dynamodb.call('UpdateTimeToLive', { TableName: 'Votes', TimeToLiveSpecification });

  test('is what the template says', async () => {
    expect(await describeTtl('Votes')).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    });
  });

  test('is switched off', async () => {
    await update({ AttributeName: 'expiresAt', Enabled: false });

    expect(await describeTtl('Votes')).toEqual({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  });

  test('is not switched on twice', async () => {
    await expect(update({ AttributeName: 'expiresAt', Enabled: true })).rejects.toThrow('TimeToLive is already enabled');
  });

  test('of a table that is not there is asked in vain', async () => {
    await expect(describeTtl('Other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('is forgotten with its table', async () => {
    await dynamodb.call('DeleteTable', { TableName: 'Votes' });
    const gone = async () => (await dynamodb.call('ListTables', {})).TableNames;
    while (((await gone()) as string[]).length > 0) await new Promise(setImmediate);
    await dynamodb.call('CreateTable', { ...VOTES, TableName: 'Votes' });

    expect(await describeTtl('Votes')).toEqual({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  });
});
