import { Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { WorkflowProps } from './workflow-props';

/** Tells cdk-nag's AwsSolutions pack where the defaults of a workflow differ from its rules, and why. */
export function acknowledgeRules(machine: sfn.StateMachine, logLevel: sfn.LogLevel, props: WorkflowProps): void {
  const reasons: Reasons = {};
  if (logLevel !== sfn.LogLevel.ALL) {
    reasons['AwsSolutions-SF1'] =
      'Step Functions keeps the history of a Standard execution itself; logLevel: LogLevel.ALL logs every event';
  }
  if (!props.tracingEnabled) {
    reasons['AwsSolutions-SF2'] = 'X-Ray is billed per trace; tracingEnabled: true turns it on';
  }
  acknowledge(machine, reasons);
  // validations run when the role has all its statements, and before the plugins that look at them
  machine.node.addValidation({
    validate: () => {
      acknowledge(machine, wildcardReasons(machine));
      return [];
    },
  });
}

interface Reasons {
  [rule: string]: string;
}

/** What Validations.acknowledge does, without a stack trace for each rule. */
function acknowledge(machine: sfn.StateMachine, reasons: Reasons): void {
  machine.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, reasons);
}

/** Reasons for the wildcards that CDK's own statements allow, and no other. */
function wildcardReasons(machine: sfn.StateMachine): Reasons {
  const reasons: Reasons = {};
  const others = new Set<string>();
  for (const { Action, Resource } of statementsOf(machine).filter(({ Effect }) => Effect === 'Allow')) {
    const resources = listOf(Resource).map(flatten);
    for (const resource of resources.filter((one) => one.includes('*'))) {
      const rule = `AwsSolutions-IAM5[Resource::${resource}]`;
      const reason = reasonFor(resource, resources, listOf(Action));
      if (reason) {
        reasons[rule] = reason;
      } else {
        others.add(rule);
      }
    }
  }
  // cdk-nag has one finding for all statements with the resource
  return Object.fromEntries(Object.entries(reasons).filter(([rule]) => !others.has(rule)));
}

// https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
const ACTIONS_WITHOUT_RESOURCE = new Set([
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
]);

function reasonFor(resource: string, resources: string[], actions: string[]): string | undefined {
  if (actions.length === 0) {
    return undefined; // NotAction
  }
  if (resource === '*' && actions.every((action) => ACTIONS_WITHOUT_RESOURCE.has(action))) {
    return 'The actions of log delivery and of X-Ray take no resource';
  }
  const versionsOf = resources.find((one) => `${one}:*` === resource);
  if (versionsOf && actions.every((action) => action === 'lambda:InvokeFunction')) {
    return 'CDK lets a task invoke the versions and aliases of its function';
  }
  return undefined;
}

interface StatementJson {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: ResolvedArn | ResolvedArn[];
}

function statementsOf(machine: sfn.StateMachine): StatementJson[] {
  const policies = machine.node.findAll().filter((one) => one instanceof iam.Policy || one instanceof iam.ManagedPolicy);
  return policies.flatMap(({ document }) => Stack.of(machine).resolve(document.toJSON())?.Statement ?? []);
}

function listOf<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: string[];
  readonly 'Fn::Join'?: [string, ResolvedArn[]];
}

type ResolvedArn = string | Intrinsic;

/** How cdk-nag writes a resolved value into the id of a finding. */
function flatten(value: ResolvedArn): string {
  if (typeof value === 'string') {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (join) {
    return join[1].map(flatten).join(join[0]);
  }
  return `<${attribute ? attribute.join('.') : Ref}>`;
}
