import { ArnFormat, Aws, Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { invalid } from '../private/invalid';
import { acknowledgeRules } from './acknowledge-rules';
import type { WorkflowProps } from './workflow-props';

/**
 * What every workflow of this library has: one state machine, its log group, its alarms, grants and metrics.
 *
 * A subclass makes its states, then calls `define` once.
 *
 * Findings of cdk-nag's AwsSolutions pack that follow from the defaults are acknowledged on the state machine, with a reason:
 * `AwsSolutions-SF1` and `AwsSolutions-SF2` until the props log every event and trace; `AwsSolutions-IAM5` for the resources
 * with `*` of log delivery, of X-Ray and of the versions of functions invoked, as long as no other statement of the role names
 * the same resource.
 */
export abstract class Workflow extends Construct {
  private machine?: sfn.StateMachine;
  private logs?: logs.ILogGroup;
  private readonly watches: { failed?: cloudwatch.Alarm; timedOut?: cloudwatch.Alarm; throttled?: cloudwatch.Alarm } = {};

  /** The state machine. */
  public get stateMachine(): sfn.StateMachine {
    return this.defined(this.machine);
  }

  /** What the state machine logs to. */
  public get logGroup(): logs.ILogGroup {
    return this.defined(this.logs);
  }

  /** In alarm when an execution failed within five minutes. Undefined without alarms. */
  public get failedAlarm(): cloudwatch.Alarm | undefined {
    return this.watches.failed;
  }

  /** In alarm when an execution timed out within five minutes. Undefined without alarms. */
  public get timedOutAlarm(): cloudwatch.Alarm | undefined {
    return this.watches.timedOut;
  }

  /** In alarm when AWS throttled state transitions within five minutes. Undefined without alarms. */
  public get throttledAlarm(): cloudwatch.Alarm | undefined {
    return this.watches.throttled;
  }

  /**
   * Lets all alarms do something, such as notify a topic.
   *
   * @throws if there are no alarms.
   */
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    const alarms = Object.values(this.watches);
    if (alarms.length === 0) {
      throw invalid('createCloudWatchAlarms', false, 'there is no alarm to act on: set it to true', this);
    }
    for (const alarm of alarms) {
      alarm.addAlarmAction(...actions);
    }
  }

  /** Allows to start executions. */
  public grantStartExecution(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /** Allows to read executions, their history and the definition. Express has neither list nor history. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.stateMachine.grantRead(grantee);
  }

  /**
   * A metric of the state machine.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
   * @default - sum over five minutes
   */
  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metric(metricName, options);
  }

  /**
   * Executions started.
   *
   * @default - sum over five minutes
   */
  public metricStarted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricStarted(options);
  }

  /**
   * Executions that succeeded.
   *
   * @default - sum over five minutes
   */
  public metricSucceeded(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricSucceeded(options);
  }

  /**
   * Executions that failed.
   *
   * @default - sum over five minutes
   */
  public metricFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricFailed(options);
  }

  /**
   * Executions that timed out.
   *
   * @default - sum over five minutes
   */
  public metricTimedOut(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricTimedOut(options);
  }

  /**
   * Executions that were stopped.
   *
   * @default - sum over five minutes
   */
  public metricAborted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricAborted(options);
  }

  /**
   * State transitions and retries that AWS throttled.
   *
   * @default - sum over five minutes
   */
  public metricThrottled(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricThrottled(options);
  }

  /**
   * The time from start to end of executions, in milliseconds.
   *
   * @default - average over five minutes
   */
  public metricTime(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.stateMachine.metricTime(options);
  }

  /**
   * Creates the state machine and what watches it.
   *
   * @param definition The states
   * @param props The state machine's settings
   */
  protected define(definition: sfn.IChainable, props: WorkflowProps): void {
    const express = props.stateMachineType === sfn.StateMachineType.EXPRESS;
    const logLevel = props.logLevel ?? (express ? sfn.LogLevel.ALL : sfn.LogLevel.ERROR);
    const name = props.stateMachineName ?? Names.uniqueResourceName(this, { maxLength: 80, separator: '-' });
    for (const prop of ['logRetention', 'logRemovalPolicy'] as const) {
      if (props.logGroup && props[prop] !== undefined) {
        throw invalid(prop, props[prop], 'it is for the log group made here: remove it, or logGroup', this);
      }
    }
    this.logs = props.logGroup ?? this.createLogGroup(name, props);
    this.machine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(definition),
      // CDK writes the name into the key policy's condition, and an empty one if CloudFormation were to choose it
      stateMachineName: props.encryptionKey ? name : props.stateMachineName,
      stateMachineType: props.stateMachineType,
      comment: props.comment,
      timeout: props.timeout,
      tracingEnabled: props.tracingEnabled,
      encryptionConfiguration: props.encryptionKey && new sfn.CustomerManagedEncryptionConfiguration(props.encryptionKey),
      logs: {
        destination: this.logs,
        level: logLevel,
        includeExecutionData: props.includeExecutionData ?? false,
      },
    });
    acknowledgeRules(this.machine, logLevel, props);
    if (props.createCloudWatchAlarms ?? true) {
      this.watches.failed = this.watch('Failed', this.metricFailed(), 'executions failed');
      this.watches.timedOut = this.watch('TimedOut', this.metricTimedOut(), 'executions timed out');
      this.watches.throttled = this.watch('Throttled', this.metricThrottled(), 'state transitions were throttled');
    }
  }

  private createLogGroup(name: string, props: WorkflowProps): logs.LogGroup {
    const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const logGroupName = `/aws/vendedlogs/states/${name}-${stackId}`;
    if (props.encryptionKey) {
      this.allowLogs(props.encryptionKey, logGroupName);
    }
    return new logs.LogGroup(this, 'LogGroup', {
      logGroupName,
      retention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.RETAIN,
      encryptionKey: props.encryptionKey,
    });
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
  private allowLogs(key: kms.IKey, logGroupName: string): void {
    const { region } = Stack.of(this);
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        resources: ['*'],
        conditions: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': arn } },
      }),
    );
  }

  private defined<T>(resource: T | undefined): T {
    if (!resource) {
      throw new Error(`${this.node.path}: the workflow has no state machine yet; call define in its constructor`);
    }
    return resource;
  }

  private watch(id: string, metric: cloudwatch.Metric, what: string): cloudwatch.Alarm {
    return metric.createAlarm(this, `${id}Alarm`, {
      alarmDescription: `${this.node.path}: ${what}`,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
