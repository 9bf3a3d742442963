import type { Resource } from '../../assembly';
import type { Json } from '../../engine/host';
import type { JsonObject } from '../../services/aws-service';
import { compileFilters } from '../../services/sqs/filter-criteria';

/** A function of the app that is given the messages of a queue of the app. */
export interface EventSourceMappingConfig {
  readonly enabled: boolean;
  readonly queueArn: string;
  /** Name or ARN. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindow: number;
  readonly reportsBatchItemFailures: boolean;
  readonly maximumConcurrency?: number;
  readonly accepts?: (record: Json) => boolean;
}

export const MAPPING = 'AWS::Lambda::EventSourceMapping';
const DEFAULT_BATCH_SIZE = 10;

/** Why a mapping delivers nothing here. */
export function unsupportedByMapping({ path, type, properties }: Resource): string[] {
  const source = String(properties.EventSourceArn ?? '');
  if (source.includes(':sqs:')) return [];
  return [`${path} (${type}): EventSourceArn '${source}' delivers nothing on this machine, only queues of SQS do`];
}

/** An `AWS::Lambda::EventSourceMapping` of a queue. */
export function eventSourceMappingOf({ properties }: Resource): EventSourceMappingConfig {
  const { FunctionResponseTypes: responses, ScalingConfig: scaling } = properties;
  const { MaximumConcurrency: concurrency } = (scaling ?? {}) as JsonObject;
  const { Filters: given = [] } = (properties.FilterCriteria ?? {}) as JsonObject;
  const filters = (given as unknown as JsonObject[]).map(({ Pattern: pattern }) => String(pattern));
  return {
    enabled: String(properties.Enabled ?? true) === 'true',
    queueArn: String(properties.EventSourceArn),
    functionName: String(properties.FunctionName),
    batchSize: Number(properties.BatchSize ?? DEFAULT_BATCH_SIZE),
    batchingWindow: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
    reportsBatchItemFailures: Array.isArray(responses) && responses.includes('ReportBatchItemFailures'),
    maximumConcurrency: concurrency === undefined ? undefined : Number(concurrency),
    ...(filters.length > 0 && { accepts: compileFilters(filters) }),
  };
}
