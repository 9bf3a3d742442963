import { randomUUID } from 'node:crypto';
import { LocalClock } from '../../../../local/app/local-clock';
import type { JsonObject } from '../../../../local/services/aws-service';
import type { QueueConfig } from '../../../../local/services/sqs/queue-store';
import { SqsService } from '../../../../local/services/sqs/sqs-service';

export const ACCOUNT = '111122223333';
export const urlOf = (name: string) => `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`;
export const arnOf = (name: string) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`;

export interface Received extends JsonObject {
  readonly MessageId: string;
  readonly Body: string;
  readonly ReceiptHandle: string;
}

/** SQS with the queues given, over virtual time. */
export function sqsWith(...queues: QueueConfig[]) {
  const clock = LocalClock.virtual(new Date('2030-01-01T00:00:00Z'));
  const service = new SqsService({ region: 'eu-west-1', accountId: ACCOUNT, clock, uuid: randomUUID, queues });
  const call = (operation: string, name: string, more: JsonObject = {}) =>
    service.call(operation, { QueueUrl: urlOf(name), ...more });
  return {
    service,
    clock,
    call,
    send: (name: string, body: string, more: JsonObject = {}) => call('SendMessage', name, { MessageBody: body, ...more }),
    receive: async (name: string, more: JsonObject = {}) =>
      ((await call('ReceiveMessage', name, more)).Messages ?? []) as unknown as Received[],
    /** Lets virtual time pass. */
    pass: (seconds: number) => new Promise<void>((resolve) => clock.schedule(clock.now() + seconds * 1000, resolve)),
  };
}
