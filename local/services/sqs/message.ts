import type { MessageAttributes } from './message-attributes';

/** A message as it lies in a queue; times are in milliseconds. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Of FIFO queues. */
  readonly sequenceNumber?: string;
  /** As the sender gave it. */
  readonly traceHeader?: string;
  /** Of a message that was received too often, the queue it was first sent to. */
  readonly deadLetterSourceArn?: string;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
}

/** A message to be sent. */
export interface Draft {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly traceHeader?: string;
  /** @default - the queue's */
  readonly delaySeconds?: number;
}

/** A message that somebody works on, until it is deleted or visible again. */
export interface ReceivedMessage {
  readonly message: Readonly<Message>;
  readonly receiptHandle: string;
}
