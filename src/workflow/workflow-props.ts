import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';

/** The state machine that a `Workflow` owns, and what watches it. */
export interface WorkflowProps {
  /**
   * The name of the state machine.
   *
   * @default - CloudFormation chooses one; with an `encryptionKey`, one made of the construct's path, as AWS's key policy
   * must name it
   */
  readonly stateMachineName?: string;

  /**
   * Standard, or Express: at most five minutes, at least once, no history but the log.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
   *
   * @default StateMachineType.STANDARD
   */
  readonly stateMachineType?: sfn.StateMachineType;

  /**
   * A description for readers of the state machine.
   *
   * @default - no comment
   */
  readonly comment?: string;

  /**
   * How long an execution may take, in whole seconds. It fails with `States.Timeout` then.
   *
   * @default - AWS's limit: one year for Standard, five minutes for Express
   */
  readonly timeout?: Duration;

  /**
   * A customer managed key for definition, execution history and log.
   *
   * The key's policy is extended for that; the policy of an imported key must let Step Functions and CloudWatch Logs use it.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether executions are traced with AWS X-Ray.
   *
   * @default false
   */
  readonly tracingEnabled?: boolean;

  /**
   * The log group to write to.
   *
   * AWS needs a name under `/aws/vendedlogs/` where an account has many: its resource policy for logs is limited in size.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
   *
   * @default - a new one, `/aws/vendedlogs/states/` and the state machine's name or the construct's path, and a part of the
   * stack's id, so that a group that was retained is not in the way of the next deployment
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How long the new log group keeps its events.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What becomes of the new log group when it is removed from the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * Which events of an execution are logged.
   *
   * @default - LogLevel.ERROR for Standard, which keeps a history of its own; LogLevel.ALL for Express, which keeps none
   */
  readonly logLevel?: sfn.LogLevel;

  /**
   * Whether the log holds the input and output of executions and states.
   *
   * @default false
   */
  readonly includeExecutionData?: boolean;

  /**
   * Whether to create alarms on executions that fail, time out or are throttled. They notify nobody until
   * `addAlarmAction` says whom.
   *
   * @default true
   */
  readonly createCloudWatchAlarms?: boolean;
}
