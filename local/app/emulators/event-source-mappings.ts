import type { Resource } from '../../assembly';
import type { JsonObject } from '../../services/aws-service';
import { unsupportedProperties } from './unsupported-properties';

/** A function of the app that is given the messages of a queue of the app. */
export interface EventSourceMappingConfig {
  readonly queueArn: string;
  /** Name or ARN. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindow: number;
  readonly reportsBatchItemFailures: boolean;
  readonly maximumConcurrency?: number;
}

const TYPE = 'AWS::Lambda::EventSourceMapping';
const DEFAULT_BATCH_SIZE = 10;

/** With one of these, other messages would be delivered than in AWS. */
const UNSUPPORTED = ['FilterCriteria'];

export function eventSourceMappings(resources: readonly Resource[]): EventSourceMappingConfig[] {
  return resources.filter((resource) => isEnabled(resource) && reasonAgainst(resource) === undefined).map(mappingOf);
}

/** The mappings that deliver nothing here, and why. */
export function unsupportedMappings(resources: readonly Resource[]): string[] {
  return resources.filter(isEnabled).flatMap((resource) => reasonAgainst(resource) ?? []);
}

function isEnabled({ type, properties }: Resource): boolean {
  return type === TYPE && String(properties.Enabled ?? true) === 'true';
}

function reasonAgainst(resource: Resource): string | undefined {
  const { path, properties } = resource;
  const source = String(properties.EventSourceArn ?? '');
  if (!source.includes(':sqs:')) {
    return `${path} (${TYPE}): EventSourceArn '${source}' delivers nothing on this machine, only queues of SQS do`;
  }
  return unsupportedProperties(resource, UNSUPPORTED)[0];
}

function mappingOf({ properties }: Resource): EventSourceMappingConfig {
  const { FunctionResponseTypes: responses, ScalingConfig: scaling } = properties;
  const { MaximumConcurrency: concurrency } = (scaling ?? {}) as JsonObject;
  return {
    queueArn: String(properties.EventSourceArn),
    functionName: String(properties.FunctionName),
    batchSize: Number(properties.BatchSize ?? DEFAULT_BATCH_SIZE),
    batchingWindow: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
    reportsBatchItemFailures: Array.isArray(responses) && responses.includes('ReportBatchItemFailures'),
    maximumConcurrency: concurrency === undefined ? undefined : Number(concurrency),
  };
}
