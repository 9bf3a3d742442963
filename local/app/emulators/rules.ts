import type { Resource } from '../../assembly';
import type { JsonObject } from '../../services/aws-service';
import { busNameOf } from '../../services/events/events-service';
import type { RuleConfig } from '../../services/events/rule';
import { DEFAULT_BUS } from '../../services/events/rule-store';
import { isDeliverable } from './deliveries';

/** An `AWS::Events::Rule` as the service takes it. */
export function ruleOf({ physicalId, properties }: Resource): RuleConfig {
  const { EventBusName: bus, EventPattern: pattern, ScheduleExpression: schedule, State: state } = properties;
  return {
    // `bus|name` on a bus of its own
    name: physicalId.slice(physicalId.lastIndexOf('|') + 1),
    busName: busNameOf(typeof bus === 'string' ? bus : DEFAULT_BUS),
    ...(pattern !== undefined && { pattern }),
    ...(schedule !== undefined && { scheduleExpression: String(schedule) }),
    enabled: state !== 'DISABLED',
    targets: targetsOf(properties).filter(({ Arn: arn }) => isDeliverable(String(arn))),
  };
}

/** What of a rule does not happen here, and why. */
export function unsupportedByRule({ path, type, properties }: Resource): string[] {
  const { ScheduleExpression: schedule } = properties;
  const targets = targetsOf(properties).filter(({ Arn: arn }) => !isDeliverable(String(arn)));
  return [
    ...(schedule === undefined ? [] : [`${path} (${type}): ScheduleExpression '${schedule}' is not fired on this machine`]),
    ...targets.map(
      ({ Arn: arn }) =>
        `${path} (${type}): the target '${arn}' gets nothing on this machine, only Lambda, SQS, SNS, Step Functions and event buses do`,
    ),
  ];
}

function targetsOf({ Targets: targets = [] }: JsonObject): JsonObject[] {
  return targets as unknown as JsonObject[];
}
