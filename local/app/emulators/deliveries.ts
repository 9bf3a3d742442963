import type { Json } from '../../engine/host';
import type { InvokeRequest, InvokeResult } from '../../services/lambda/lambda-service';
import type { QueueMessage, SnsService } from '../../services/sns/sns-service';
import type { SqsService } from '../../services/sqs/sqs-service';
import type { LocalClock } from '../local-clock';

export interface DeliveryOptions {
  readonly clock: LocalClock;
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Starts an execution of a machine of the app, with a JSON text. Throws where it cannot. */
  startExecution(machineArn: string, input: string): void;
}

/** What services of an app hand to one another and to its functions and machines. */
export class Deliveries {
  constructor(
    private readonly options: DeliveryOptions,
    private readonly services: () => { readonly sqs: SqsService; readonly sns: SnsService },
  ) {}

  /** Hands a text to whatever an ARN names. Rejects where it cannot. */
  async deliver(arn: string, text: string, groupId?: string): Promise<void> {
    switch (serviceOf(arn)) {
      case 'lambda':
        await this.invoke(arn, JSON.parse(text) as Json);
        return;
      case 'sqs':
        return this.sendToQueue(arn, { body: text, ...(groupId !== undefined && { groupId }) });
      case 'sns':
        await this.services().sns.call('Publish', { TopicArn: arn, Message: text });
        return;
      case 'states':
        return this.options.startExecution(arn, text);
      default:
        throw new Error(`nothing on this machine is '${arn}'`);
    }
  }

  async sendToQueue(arn: string, message: QueueMessage): Promise<void> {
    const queue = this.services().sqs.queues.byArn(arn);
    if (queue === undefined) throw new Error(`there is no queue '${arn}' on this machine`);
    queue.send(message);
  }

  /** What the function returned; rejects where it failed. Time is not skipped while it works. */
  async invoke(functionName: string, payload: Json): Promise<Json> {
    const { clock, invoke } = this.options;
    const result = await clock.hold(invoke({ functionName, payload }));
    if (result.functionError !== undefined) throw new Error(result.payloadText);
    return result.payload;
  }
}

/** Whether rules can have such a target here. */
export function isDeliverable(arn: string): boolean {
  return ['lambda', 'sqs', 'sns', 'states'].includes(serviceOf(arn)) || arn.includes(':event-bus/');
}

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}
