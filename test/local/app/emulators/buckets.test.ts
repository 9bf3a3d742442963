import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeExecutionCommand, ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { httpFaces } from '../../../../local/app/http-faces';
import { LocalApp } from '../../../../local/app/local-app';
import { LocalClock } from '../../../../local/app/local-clock';
import { JsonServer } from '../../../../local/services/http/json-server';

const REGION = 'eu-west-1';
const folder = mkdtempSync(join(tmpdir(), 'buckets-'));
afterAll(() => rmSync(folder, { recursive: true }));

let close: () => Promise<void>;
afterEach(() => close());

/** A CDK app behind its endpoint, as `local` serves it. */
async function serve(define: (stack: Stack) => void) {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const synthesized = new App({ outdir });
  define(new Stack(synthesized, 'Shop', { env: { region: REGION, account: '111122223333' } }));
  synthesized.synth();
  const faults: unknown[] = [];
  const here: { app?: LocalApp } = {};
  const onFault = (fault: unknown) => void faults.push(fault);
  const server = new JsonServer({ ...httpFaces(() => here.app!, onFault), onFault });
  const { url } = await server.listen(0);
  const clock = LocalClock.virtual(new Date('2030-01-01T00:00:00Z'));
  const app = LocalApp.load(outdir, { clock, endpoint: url, onFailure: onFault });
  here.app = app;
  close = () => app.close().then(() => server.close());
  const connection = { endpoint: url, region: REGION, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  return { app, connection, faults };
}

test('a Task state puts an object, and its bucket tells EventBridge, whose rule starts a machine', async () => {
  const { app, connection, faults } = await serve((stack) => {
    const bucket = new s3.Bucket(stack, 'Uploads', { bucketName: 'uploads', eventBridgeEnabled: true });
    const quiet = new s3.Bucket(stack, 'Quiet', { bucketName: 'quiet' });
    const put = (id: string, to: s3.IBucket) =>
      new tasks.CallAwsService(stack, id, {
        service: 's3',
        action: 'putObject',
        parameters: { Bucket: to.bucketName, Key: 'a.json', Body: { a: 1 } },
        iamResources: ['*'],
        resultPath: sfn.JsonPath.DISCARD,
      });
    const definition = put('Aside', quiet).next(put('Upload', bucket));
    new sfn.StateMachine(stack, 'Uploader', { definitionBody: sfn.DefinitionBody.fromChainable(definition) });
    const started = new sfn.StateMachine(stack, 'Started', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Seen')),
    });
    new events.Rule(stack, 'OnUpload', {
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'] },
      targets: [new eventTargets.SfnStateMachine(started)],
    });
  });

  expect(await app.machine('Uploader').run({})).toMatchObject({ status: 'SUCCEEDED' });

  const states = new SFNClient(connection);
  const { stateMachines } = await states.send(new ListStateMachinesCommand({}));
  const { stateMachineArn } = stateMachines!.find(({ name }) => name!.includes('Started'))!;
  const { executions } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(executions).toHaveLength(1);
  const { input } = await states.send(new DescribeExecutionCommand({ executionArn: executions![0]!.executionArn }));
  expect(JSON.parse(input!)).toEqual(
    expect.objectContaining({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      account: '111122223333',
      region: REGION,
      time: '2030-01-01T00:00:00Z',
      resources: ['arn:aws:s3:::uploads'],
      detail: expect.objectContaining({
        bucket: { name: 'uploads' },
        object: { key: 'a.json', size: 7, etag: expect.stringMatching(/^[0-9a-f]{32}$/) },
        reason: 'PutObject',
      }),
    }),
  );
  expect(faults).toEqual([]);
});

test('what is not emulated of a bucket is named', async () => {
  const { app } = await serve((stack) => {
    new s3.CfnBucket(stack, 'Versioned', {
      bucketName: 'versioned',
      versioningConfiguration: { status: 'Enabled' },
      notificationConfiguration: { queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: 'arn:aws:sqs:eu-west-1:1:q' }] },
    });
    new sfn.StateMachine(stack, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Nothing')),
    });
  });
  const problems = app.problems.join('\n');
  expect(problems).toContain('VersioningConfiguration');
  expect(problems).toContain('QueueConfigurations is not supported on this machine, only EventBridge is told');
});
