import { randomUUID } from 'node:crypto';
import type { Clock, Json, TaskRequest } from '../engine';
import type { AwsService, JsonObject } from '../services/aws-service';
import { readIntegration } from '../services/sdk/integration';
import { SdkTask } from '../services/sdk/sdk-task';
import { SnsService } from '../services/sns/sns-service';
import { SqsService } from '../services/sqs/sqs-service';

/**
 * What the service answers that a task hands its token to: a recording has only what whoever held the token answered.
 */
export async function submissionOf(request: TaskRequest, clock: Clock): Promise<Json> {
  const parameters = (request.parameters ?? {}) as JsonObject;
  const made = await MAKERS[readIntegration(request.resource)?.service ?? '']?.(clock, parameters);
  if (made === undefined) return {};
  const task = new SdkTask(() => made.service);
  const outcome = await task.run({ ...request, parameters: { ...parameters, ...made.address } });
  return 'output' in outcome ? outcome.output : {};
}

interface Made {
  readonly service: AwsService;
  /** Of what was made, in place of the recorded one, which may be a placeholder. */
  readonly address: JsonObject;
}

const MAKERS: { readonly [service: string]: (clock: Clock, parameters: JsonObject) => Promise<Made> } = {
  sqs: async (clock, { MessageGroupId }) => {
    const service = new SqsService({ ...PLACE, clock, queues: [] });
    const isFifo = MessageGroupId !== undefined;
    const Attributes: JsonObject = isFifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
    return { service, address: await service.call('CreateQueue', { QueueName: isFifo ? 'any.fifo' : 'any', Attributes }) };
  },
  sns: async (clock) => {
    const nobody = async () => {};
    const deliveries = { sendToQueue: nobody, invoke: nobody, onFailure: () => {} };
    const service = new SnsService({ ...PLACE, ...deliveries, clock, topics: [], subscriptions: [] });
    return { service, address: await service.call('CreateTopic', { Name: 'any' }) };
  },
};

const PLACE = { region: 'us-east-1', accountId: '111111111111', uuid: randomUUID };
