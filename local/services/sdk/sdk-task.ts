import { randomUUID } from 'node:crypto';
import type { Json, TaskOutcome, TaskRequest } from '../../engine/host';
import type { AwsService, JsonObject } from '../aws-service';
import { AwsError } from '../http/aws-error';
import { writeQueryResult } from '../sns/query-protocol';
import type { TaskService } from '../task-service';
import { failureOf } from './failure';
import { type Integration, readIntegration } from './integration';
import { type HttpAnswer, jsonAnswer, sdkMetadata } from './sdk-metadata';
import { sdkName } from './service-name';

/** The answers over HTTP whose traces optimised integrations leave in a result. */
const ANSWERS: { readonly [service: string]: (operation: string, output: JsonObject) => HttpAnswer } = {
  dynamodb: (_, output) => jsonAnswer(output, Date.now()),
  sqs: (_, output) => jsonAnswer(output, Date.now()),
  sns: (operation, output) => {
    const requestId = randomUUID();
    return { body: writeQueryResult(operation, output, requestId), contentType: 'text/xml', date: Date.now(), requestId };
  },
};

/** Members that are text in the API: any other value is written as JSON. */
const TEXT_MEMBERS: { readonly [operation: string]: string } = {
  'sns:Publish': 'Message',
  'sqs:SendMessage': 'MessageBody',
  's3:PutObject': 'Body',
};

/** Task states that call an operation of an AWS service: `aws-sdk:…`, and the integrations made for a service. */
export class SdkTask implements TaskService {
  /** @param find the service of a name, emulated or reached over HTTP */
  constructor(private readonly find: (service: string) => AwsService | undefined) {}

  supports(resource: string): boolean {
    return readIntegration(resource) !== undefined && this.unsupported(resource) === undefined;
  }

  /** Why an integration cannot be run, and how it could; undefined if it can, or if it is none. */
  unsupported(resource: string): string | undefined {
    const integration = readIntegration(resource);
    if (integration === undefined) return undefined;
    if (integration.runsJob) return `'${resource}' waits for a job, which no service on this machine runs`;
    const service = this.find(integration.service);
    if (service !== undefined) return service.problem && `'${resource}': ${service.problem}`;
    const name = sdkName(integration.service);
    return `'${resource}': nothing on this machine answers for ${name}; say who does with --endpoint ${name}=URL`;
  }

  async run({ resource, parameters, signal }: TaskRequest): Promise<TaskOutcome> {
    const integration = readIntegration(resource)!;
    const service = this.find(integration.service)!;
    try {
      const input = withTexts(integration, (parameters ?? {}) as JsonObject);
      return outcomeOf(integration, await service.call(integration.operation, input, signal));
    } catch (error) {
      if (error instanceof AwsError) return failureOf(error, integration, service.product);
      throw error;
    }
  }
}

function outcomeOf({ service, operation, optimised }: Integration, output: JsonObject): TaskOutcome {
  if (!optimised) return { output };
  if (service === 'events' && Number(output.FailedEntryCount) > 0) {
    return { error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) };
  }
  const answer = ANSWERS[service]?.(operation, output);
  return { output: answer === undefined ? output : { ...output, ...sdkMetadata(answer) } };
}

function withTexts({ service, operation }: Integration, input: JsonObject): JsonObject {
  if (service === 'events' && operation === 'PutEvents' && Array.isArray(input.Entries)) {
    return { ...input, Entries: input.Entries.map((entry) => withText(entry, 'Detail')) };
  }
  const member = TEXT_MEMBERS[`${service}:${operation}`];
  return member === undefined ? input : (withText(input, member) as JsonObject);
}

function withText(object: Json, member: string): Json {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return object;
  const value = object[member];
  return value === undefined || value === null || typeof value === 'string'
    ? object
    : { ...object, [member]: JSON.stringify(value) };
}
