import { Stack, Validations } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { WorkflowProps } from './workflow-props';

/** Tells cdk-nag's AwsSolutions pack where the defaults of a workflow differ from its rules, and why. */
export function acknowledgeRules(
  machine: sfn.StateMachine,
  definition: sfn.IChainable,
  logLevel: sfn.LogLevel,
  props: WorkflowProps,
): void {
  const reasons: { [rule: string]: string } = {
    'AwsSolutions-IAM5[Resource::*]': 'The actions of log delivery and of X-Ray take no resource',
  };
  if (logLevel !== sfn.LogLevel.ALL) {
    reasons['AwsSolutions-SF1'] =
      'Step Functions keeps the history of a Standard execution itself; logLevel: LogLevel.ALL logs every event';
  }
  if (!props.tracingEnabled) {
    reasons['AwsSolutions-SF2'] = 'X-Ray is billed per trace; tracingEnabled: true turns it on';
  }
  for (const arn of Stack.of(machine).resolve(versionWildcards(definition))) {
    reasons[`AwsSolutions-IAM5[Resource::${flatten(arn)}]`] = 'CDK lets a task invoke the versions and aliases of its function';
  }
  // what Validations.acknowledge does, without a stack trace for each rule
  machine.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, reasons);
}

function versionWildcards(definition: sfn.IChainable): string[] {
  const states = sfn.State.findReachableStates(definition.startState, { includeErrorHandlers: true });
  const policies = states.flatMap((state) => (state instanceof tasks.LambdaInvoke ? (state['taskPolicies'] ?? []) : []));
  return [...new Set(policies.flatMap((policy) => policy.resources).filter((arn) => arn.endsWith(':*')))];
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: string[];
  readonly 'Fn::Join'?: [string, (string | Intrinsic)[]];
}

/** How cdk-nag writes a resolved value into the id of a finding. */
function flatten(value: string | Intrinsic): string {
  if (typeof value === 'string') {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (join) {
    return join[1].map(flatten).join(join[0]);
  }
  return `<${attribute ? attribute.join('.') : Ref}>`;
}
