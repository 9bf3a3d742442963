// What a PurchaseRefundWorkflow makes, written with nothing but aws-cdk-lib and literals: no checks, no names to derive.
const { Aws, Duration, Fn, Names, RemovalPolicy } = require('aws-cdk-lib');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const logs = require('aws-cdk-lib/aws-logs');
const sfn = require('aws-cdk-lib/aws-stepfunctions');
const tasks = require('aws-cdk-lib/aws-stepfunctions-tasks');
const { Construct } = require('constructs');

const CLIENT_CONTEXT =
  '{% ($key := ($states.context.Execution.Id & "#" & $encodeUrlComponent($states.context.State.Name)' +
  ' & ($exists($states.context.Map) ? "#" & $string($states.context.Map.Item.Index) : "") & "#" & $hash($string($states.input), "SHA-256"));' +
  ' $type($key) in ["string", "number"] and $key != ""' +
  ' ? $base64encode($string({"custom": {"idempotencyKey": $replace($string($key), /[^ -~]+/,' +
  ' function($match) { $encodeUrlComponent($match.match) })}}))' +
  ' : $error("idempotencyKey yields neither text nor a number")) %}';

const UNKNOWN_CHOICE =
  '{% ($value := ($states.input.TransactionType); $text := $string($value);' +
  ' "received " & ($exists($value) ? ($value = null ? "null" : $type($value) & " " &' +
  ' ($length($text) > 200 ? $substring($text, 0, 200) & "..." : $text)) : "no value")' +
  ' & "; the routes are \\"PURCHASE\\", \\"REFUND\\"") %}';

exports.addWorkflow = (stack, id, purchase, refund) => {
  const scope = new Construct(stack, id);
  const logGroup = new logs.LogGroup(scope, 'LogGroup', {
    logGroupName:
      `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 80, separator: '-' })}` +
      `-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const machine = new sfn.StateMachine(scope, 'StateMachine', {
    definitionBody: sfn.DefinitionBody.fromChainable(definition(scope, purchase, refund)),
    logs: { destination: logGroup, level: sfn.LogLevel.ERROR, includeExecutionData: false },
  });
  addAlarm(scope, 'FailedAlarm', machine.metricFailed(), 'executions failed');
  addAlarm(scope, 'TimedOutAlarm', machine.metricTimedOut(), 'executions timed out');
  addAlarm(scope, 'ThrottledAlarm', machine.metricThrottled(), 'state transitions were throttled');
};

function definition(scope, purchase, refund) {
  return sfn.Choice.jsonata(scope, 'PurchaseRefund: ProcessTransaction')
    .when(
      sfn.Condition.jsonata('{% ($states.input.TransactionType) = "PURCHASE" %}'),
      invoke(scope, 'PurchaseRefund: ProcessPurchase', purchase),
    )
    .when(
      sfn.Condition.jsonata('{% ($states.input.TransactionType) = "REFUND" %}'),
      invoke(scope, 'PurchaseRefund: ProcessRefund', refund),
    )
    .otherwise(
      sfn.Fail.jsonata(scope, 'PurchaseRefund: ProcessTransaction: UnknownChoice', {
        error: 'UnknownChoice',
        cause: UNKNOWN_CHOICE,
      }),
    );
}

function invoke(scope, id, fn) {
  const task = tasks.LambdaInvoke.jsonata(scope, id, {
    lambdaFunction: fn,
    payload: sfn.TaskInput.fromText('{% $states.input %}'),
    clientContext: CLIENT_CONTEXT,
    outputs: '{% $states.result.Payload %}',
    retryOnServiceExceptions: false,
  });
  return task.addRetry({
    errors: [
      'Lambda.TooManyRequestsException',
      'Lambda.EC2ThrottledException',
      'Lambda.ENILimitReachedException',
      'Lambda.ENINotReadyException',
      'Lambda.SubnetIPAddressLimitReachedException',
      'Lambda.ResourceNotReadyException',
      'Lambda.SnapStartNotReadyException',
    ],
    interval: Duration.seconds(2),
    maxAttempts: 6,
    backoffRate: 2,
    maxDelay: Duration.seconds(60),
    jitterStrategy: sfn.JitterType.FULL,
  });
}

function addAlarm(scope, id, metric, what) {
  metric.createAlarm(scope, id, {
    alarmDescription: `${scope.node.path}: ${what}`,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
