import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  App,
  aws_apigateway as apigateway,
  aws_apigatewayv2 as apigatewayv2,
  Duration,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_ecs_patterns as ecsPatterns,
  aws_events as events,
  aws_events_targets as eventsTargets,
  aws_apigatewayv2_integrations as integrations,
  aws_kms as kms,
  aws_lambda as lambda,
  aws_logs as logs,
  RemovalPolicy,
  Stack,
  aws_s3 as s3,
  aws_scheduler as scheduler,
  aws_scheduler_targets as schedulerTargets,
  aws_secretsmanager as secretsmanager,
  aws_stepfunctions as sfn,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
  aws_ssm as ssm,
} from 'aws-cdk-lib';
import { readAssembly } from '../../../local/assembly';

/** An app of what usually surrounds a workflow. */
function build(stack: Stack): void {
  const machine = new sfn.StateMachine(stack, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
    stateMachineType: sfn.StateMachineType.EXPRESS,
    logs: { destination: new logs.LogGroup(stack, 'Log'), level: sfn.LogLevel.ALL },
  });
  new sfn.Activity(stack, 'Activity');
  machine.metricFailed().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  new apigateway.StepFunctionsRestApi(stack, 'Rest', { stateMachine: machine });
  const daily = Duration.days(1);
  new events.Rule(stack, 'Rule', {
    schedule: events.Schedule.rate(daily),
    targets: [new eventsTargets.SfnStateMachine(machine)],
  });
  const target = new schedulerTargets.StepFunctionsStartExecution(machine, {});
  new scheduler.Schedule(stack, 'Schedule', { schedule: scheduler.ScheduleExpression.rate(daily), target });

  const queue = new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: new sqs.Queue(stack, 'Dead'), maxReceiveCount: 3 } });
  const table = new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    stream: dynamodb.StreamViewType.NEW_IMAGE,
  });
  new s3.Bucket(stack, 'Bucket', {
    encryptionKey: new kms.Key(stack, 'Key'),
    eventBridgeEnabled: true,
    autoDeleteObjects: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const fn = new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {}'),
    environment: {
      SECRET: new secretsmanager.Secret(stack, 'Secret').secretArn,
      PARAMETER: new ssm.StringParameter(stack, 'Parameter', { stringValue: 'value' }).parameterName,
    },
    events: [
      new sources.SqsEventSource(queue),
      new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }),
    ],
  });
  const api = new apigatewayv2.HttpApi(stack, 'Http');
  api.addRoutes({ path: '/{proxy+}', integration: new integrations.HttpLambdaIntegration('Proxy', fn.addAlias('live')) });

  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc') });
  const image = ecs.ContainerImage.fromRegistry('worker');
  new ecsPatterns.QueueProcessingFargateService(stack, 'Worker', { cluster, queue, image, maxScalingCapacity: 2 });
  new ecsPatterns.ApplicationLoadBalancedFargateService(stack, 'Web', { cluster, taskImageOptions: { image } });
}

test('an everyday app leaves nothing unresolved', () => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
  try {
    const app = new App({ outdir });
    build(new Stack(app, 'Everyday'));
    app.synth();
    const { problems, resources } = readAssembly(outdir);
    expect(problems).toEqual([]);
    expect(resources.length).toBeGreaterThan(80);
    expect(JSON.stringify(resources)).not.toContain('UNRESOLVED(');
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
});
