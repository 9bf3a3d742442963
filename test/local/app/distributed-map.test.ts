import { App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { type LocalApp, loadStack } from 'cdk-workflow-patterns/local';
import type { JsonObject } from '../../../local/services/aws-service';

/** Prices each line of a file with the stack's own function, and writes what came of it. */
function pricing(): Stack {
  const app = new App({ context: { '@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2': true } });
  const stack = new Stack(app, 'Pricing');
  const bucket = new s3.Bucket(stack, 'Bucket', { eventBridgeEnabled: true });
  const price = new lambda.Function(stack, 'Price', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async ({ sku, pieces }) => ({ sku, total: pieces * 3 });'),
  });
  const lines = new sfn.DistributedMap(stack, 'Lines', {
    itemReader: new sfn.S3CsvItemReader({ bucket, key: 'in/lines.csv', csvHeaders: sfn.CsvHeaders.useFirstRow() }),
    resultWriterV2: new sfn.ResultWriterV2({ bucket, prefix: 'out' }),
  });
  lines.itemProcessor(new tasks.LambdaInvoke(stack, 'PriceLine', { lambdaFunction: price, payloadResponseOnly: true }));
  const machine = new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(lines) });
  new events.Rule(stack, 'Arrived', {
    eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { object: { key: [{ prefix: 'in/' }] } } },
    targets: [new targets.SfnStateMachine(machine)],
  });
  return stack;
}

let app: LocalApp;
beforeEach(() => {
  app = loadStack(pricing());
});
afterEach(() => app.close());

const bucketName = async () => {
  const { Buckets } = await app.service('s3').call('ListBuckets', {});
  return (Buckets as { Name: string }[])[0]!.Name;
};
const put = async (Key: string, Body: string) => app.service('s3').call('PutObject', { Bucket: await bucketName(), Key, Body });

test("a distributed Map reads its items from the app's bucket, and writes its results there", async () => {
  await put('in/lines.csv', 'sku,pieces\na,1\nb,2\n');

  const { status, output } = await app.machine().run();

  expect(status).toBe('SUCCEEDED');
  const { Bucket, Key } = (output as { ResultWriterDetails: { Bucket: string; Key: string } }).ResultWriterDetails;
  expect(Bucket).toBe(await bucketName());
  const manifest = JSON.parse(String((await app.service('s3').call('GetObject', { Bucket, Key })).Body)) as JsonObject;
  const [{ Key: results }] = (manifest.ResultFiles as { SUCCEEDED: [{ Key: string }] }).SUCCEEDED;
  const written = JSON.parse(String((await app.service('s3').call('GetObject', { Bucket, Key: results })).Body)) as {
    Output: string;
  }[];
  expect(written.map(({ Output }) => JSON.parse(Output) as unknown)).toEqual([
    { sku: 'a', total: 3 },
    { sku: 'b', total: 6 },
  ]);
});

test('a file that is not there fails the Map by name', async () => {
  const { status, error, cause } = await app.machine().run();
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  expect(cause).toContain('The specified key does not exist.');
});

test('an object that arrives starts the machine by the rule for it', async () => {
  await put('in/lines.csv', 'sku,pieces\na,1\n');
  const started = await waitForExecutions();
  expect(started).toHaveLength(1);
  await put('elsewhere.txt', 'x');
  expect(await waitForExecutions()).toHaveLength(1);
});

/** Deliveries are done when what is due now is done. */
async function waitForExecutions(): Promise<unknown[]> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  const { arn } = app.machine();
  return (app.states.handle('ListExecutions', { stateMachineArn: arn }, {}) as { executions: unknown[] }).executions;
}

test('a service that is not emulated is refused by name', () => {
  expect(() => app.service('ssm')).toThrow("'ssm' is not emulated on this machine");
});
