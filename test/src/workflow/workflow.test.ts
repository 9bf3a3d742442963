import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Workflow, type WorkflowProps } from 'cdk-workflow-patterns';
import type { Construct } from 'constructs';

class Greeting extends Workflow {
  constructor(scope: Construct, id: string, props: WorkflowProps = {}) {
    super(scope, id);
    this.define(sfn.Pass.jsonata(this, 'Greet'), props);
  }
}

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Shop');
});

function machineWith(props: object): void {
  Template.fromStack(stack).hasResourceProperties('AWS::StepFunctions::StateMachine', props);
}

describe('the state machine', () => {
  test('is Standard, unnamed and untraced, and has no timeout by default', () => {
    new Greeting(stack, 'Greeting');
    machineWith({
      StateMachineType: Match.absent(),
      StateMachineName: Match.absent(),
      TracingConfiguration: Match.absent(),
      EncryptionConfiguration: Match.absent(),
      DefinitionString: '{"StartAt":"Greet","States":{"Greet":{"Type":"Pass","QueryLanguage":"JSONata","End":true}}}',
    });
  });

  test('takes its type, name, comment, timeout and tracing from the props', () => {
    new Greeting(stack, 'Greeting', {
      stateMachineType: sfn.StateMachineType.EXPRESS,
      stateMachineName: 'Greetings',
      comment: 'Greets',
      timeout: Duration.minutes(2),
      tracingEnabled: true,
    });
    machineWith({
      StateMachineType: 'EXPRESS',
      StateMachineName: 'Greetings',
      TracingConfiguration: { Enabled: true },
      DefinitionString: Match.stringLikeRegexp('"TimeoutSeconds":120,"Comment":"Greets"'),
    });
  });

  test('has a role that may do nothing but deliver logs', () => {
    new Greeting(stack, 'Greeting');
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: [
              'logs:CreateLogDelivery',
              'logs:GetLogDelivery',
              'logs:UpdateLogDelivery',
              'logs:DeleteLogDelivery',
              'logs:ListLogDeliveries',
              'logs:PutResourcePolicy',
              'logs:DescribeResourcePolicies',
              'logs:DescribeLogGroups',
            ],
            Effect: 'Allow',
            Resource: '*',
          },
        ],
      },
    });
  });

  test('cannot be asked for before it is defined', () => {
    class Undefined extends Workflow {}
    const workflow = new Undefined(stack, 'Undefined');
    expect(() => workflow.stateMachine).toThrow('Shop/Undefined: the workflow has no state machine yet; call define');
    expect(() => workflow.logGroup).toThrow('Shop/Undefined: the workflow has no state machine yet; call define');
  });
});

describe('the log', () => {
  const STACK = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };

  test('of Standard holds errors without data', () => {
    new Greeting(stack, 'Greeting');
    machineWith({ LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false } });
  });

  test('of Express holds all events without data', () => {
    new Greeting(stack, 'Greeting', { stateMachineType: sfn.StateMachineType.EXPRESS });
    machineWith({ LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false } });
  });

  test.each([sfn.StateMachineType.STANDARD, sfn.StateMachineType.EXPRESS])(
    'of %s takes level and data from the props',
    (type) => {
      new Greeting(stack, 'Greeting', { stateMachineType: type, logLevel: sfn.LogLevel.FATAL, includeExecutionData: true });
      machineWith({ LoggingConfiguration: { Level: 'FATAL', IncludeExecutionData: true } });
    },
  );

  test('goes to a group under /aws/vendedlogs/states/ that is kept for a year, and when the stack goes', () => {
    const { logGroup } = new Greeting(stack, 'Greeting');
    expect(stack.resolve(logGroup.logGroupName)).toEqual({ Ref: expect.stringMatching(/^GreetingLogGroup/) });
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
      Properties: {
        LogGroupName: {
          'Fn::Join': ['', [Match.stringLikeRegexp('^/aws/vendedlogs/states/Shop-Greeting-[0-9A-F]{8}-$'), STACK]],
        },
        RetentionInDays: 365,
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('goes to a group named after the state machine, as long as the props say', () => {
    new Greeting(stack, 'Greeting', {
      stateMachineName: 'Greetings',
      logRetention: logs.RetentionDays.ONE_WEEK,
      logRemovalPolicy: RemovalPolicy.DESTROY,
    });
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: { 'Fn::Join': ['', ['/aws/vendedlogs/states/Greetings-', STACK]] }, RetentionInDays: 7 },
      DeletionPolicy: 'Delete',
    });
  });

  test('goes to a group of one’s own', () => {
    const logGroup = new logs.LogGroup(stack, 'Mine');
    expect(new Greeting(stack, 'Greeting', { logGroup }).logGroup).toBe(logGroup);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
    machineWith({
      LoggingConfiguration: {
        Destinations: [
          { CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': [stack.resolve(logGroup.logGroupName).Ref, 'Arn'] } } },
        ],
      },
    });
  });

  test.each([
    ['logRetention', { logRetention: logs.RetentionDays.ONE_DAY }, '1'],
    ['logRemovalPolicy', { logRemovalPolicy: RemovalPolicy.DESTROY }, '"destroy"'],
  ])('of one’s own refuses %s', (prop, props, value) => {
    const logGroup = new logs.LogGroup(stack, 'Mine');
    expect(() => new Greeting(stack, 'Greeting', { logGroup, ...props })).toThrow(
      `Shop/Greeting: ${prop} received ${value}; it is for the log group made here: remove it, or logGroup`,
    );
  });
});

describe('an encryption key', () => {
  test('encrypts the machine and the log, and its policy lets them', () => {
    new Greeting(stack, 'Greeting', { encryptionKey: new kms.Key(stack, 'Key') });
    const template = Template.fromStack(stack);
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    machineWith({
      StateMachineName: Match.stringLikeRegexp('^Shop-Greeting-'),
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: key },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
            Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
            Condition: {
              ArnEquals: {
                'kms:EncryptionContext:aws:logs:arn': {
                  'Fn::Join': [
                    '',
                    Match.arrayWith([Match.stringLikeRegexp(':log-group:/aws/vendedlogs/states/Shop-Greeting-[0-9A-F]{8}-$')]),
                  ],
                },
              },
            },
          }),
          Match.objectLike({ Principal: { Service: 'delivery.logs.amazonaws.com' } }),
        ]),
      },
    });
  });

  test('is usable by the role for this machine alone, so the machine has the name that the condition says', () => {
    new Greeting(stack, 'Greeting', { encryptionKey: new kms.Key(stack, 'Key') });
    const template = Template.fromStack(stack);
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    const { Condition } = policy.Properties.PolicyDocument.Statement.find((one: { Action: string[] }) =>
      one.Action.includes('kms:Decrypt'),
    );
    const arn = Condition.StringEquals['kms:EncryptionContext:aws:states:stateMachineArn']['Fn::Join'][1];
    expect(arn.at(-1)).toBe(`:stateMachine:${machine.Properties.StateMachineName}`);
  });
});

describe('alarms', () => {
  const ALARMS = [
    ['failedAlarm', 'ExecutionsFailed', 'Shop/Greeting: executions failed'],
    ['timedOutAlarm', 'ExecutionsTimedOut', 'Shop/Greeting: executions timed out'],
    ['throttledAlarm', 'ExecutionThrottled', 'Shop/Greeting: state transitions were throttled'],
  ] as const;

  test.each(ALARMS)('%s watches %s and notifies nobody', (alarm, MetricName, AlarmDescription) => {
    const workflow = new Greeting(stack, 'Greeting');
    expect(workflow[alarm]).toBeInstanceOf(cloudwatch.Alarm);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/States',
      MetricName,
      AlarmDescription,
      Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: Match.stringLikeRegexp('^GreetingStateMachine') } }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: Match.absent(),
    });
  });

  test('notify whom addAlarmAction says', () => {
    const topics = [new sns.Topic(stack, 'First'), new sns.Topic(stack, 'Second')];
    new Greeting(stack, 'Greeting').addAlarmAction(...topics.map((topic) => new actions.SnsAction(topic)));
    Template.fromStack(stack).allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: topics.map((topic) => stack.resolve(topic.topicArn)),
    });
  });

  test('are not created where the props say so', () => {
    const workflow = new Greeting(stack, 'Greeting', { createCloudWatchAlarms: false });
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
    expect(ALARMS.map(([alarm]) => workflow[alarm])).toEqual([undefined, undefined, undefined]);
    expect(() => workflow.addAlarmAction()).toThrow(
      'createCloudWatchAlarms received false; there is no alarm to act on: set it to true',
    );
  });
});

describe('grants', () => {
  function actionsOf(grant: (workflow: Workflow, role: iam.Role) => iam.Grant): string[] {
    const role = new iam.Role(stack, 'Grantee', { assumedBy: new iam.AccountRootPrincipal() });
    grant(new Greeting(stack, 'Greeting'), role).assertSuccess();
    const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
    const [policy] = Object.entries(policies).filter(([id]) => id.startsWith('Grantee'));
    return policy[1].Properties.PolicyDocument.Statement.flatMap((statement: { Action: string[] }) => statement.Action);
  }

  test('grantStartExecution', () => {
    expect(actionsOf((workflow, role) => workflow.grantStartExecution(role))).toEqual(['states:StartExecution']);
  });

  test('grantRead', () => {
    const granted = actionsOf((workflow, role) => workflow.grantRead(role));
    expect(granted).toContain('states:DescribeExecution');
    expect(granted.filter((action) => !/^states:(List|Describe|Get)/.test(action))).toEqual([]);
  });
});

describe('metrics', () => {
  test.each([
    ['metricStarted', 'ExecutionsStarted', 'Sum'],
    ['metricSucceeded', 'ExecutionsSucceeded', 'Sum'],
    ['metricFailed', 'ExecutionsFailed', 'Sum'],
    ['metricTimedOut', 'ExecutionsTimedOut', 'Sum'],
    ['metricAborted', 'ExecutionsAborted', 'Sum'],
    ['metricThrottled', 'ExecutionThrottled', 'Sum'],
    ['metricTime', 'ExecutionTime', 'Average'],
  ] as const)('%s is %s', (method, metricName, statistic) => {
    const workflow = new Greeting(stack, 'Greeting');
    const { metricStat } = workflow[method]().toMetricConfig();
    expect(metricStat).toMatchObject({ namespace: 'AWS/States', metricName, statistic, period: Duration.minutes(5) });
    expect(workflow[method]({ period: Duration.minutes(1) }).period.toSeconds()).toBe(60);
  });

  test('metric names any other', () => {
    const workflow = new Greeting(stack, 'Greeting');
    const metric = workflow.metric('ExpressExecutionMemory');
    expect(metric).toMatchObject({ metricName: 'ExpressExecutionMemory', statistic: 'Sum', period: Duration.minutes(5) });
    expect(workflow.metric('ExpressExecutionMemory', { statistic: 'max' }).statistic).toBe('Maximum');
  });
});

test('synthesizes without warnings', () => {
  new Greeting(stack, 'Greeting', { encryptionKey: new kms.Key(stack, 'Key') });
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});
