import { sqsError } from './errors';
import type { Message } from './message';

/** Which message was received, and for which time. */
export interface Receipt {
  readonly messageId: string;
  readonly receiveCount: number;
}

/** What a receiver deletes the message with. */
export function receiptHandle({ id, receiveCount }: Message): string {
  return Buffer.from(`${id} ${receiveCount}`).toString('base64');
}

export function readReceiptHandle(handle: string): Receipt {
  const [, messageId, count] = /^([0-9a-f-]{36}) (\d+)$/.exec(Buffer.from(handle, 'base64').toString()) ?? [];
  if (messageId === undefined) {
    throw sqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { messageId, receiveCount: Number(count) };
}
