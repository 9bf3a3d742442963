import type { JsonObject } from '../aws-service';
import type { Message, ReceivedMessage } from './message';
import { md5, md5OfAttributes, selectAttributes } from './message-attributes';

/** What ReceiveMessage returns of a message, with the attributes that were asked for. */
export function describeReceived(
  { message, receiptHandle }: ReceivedMessage,
  senderId: string,
  systemAttributeNames: readonly string[],
  attributeNames: readonly string[],
): JsonObject {
  const system = selectAttributes(systemAttributes(message, senderId), systemAttributeNames);
  const own = selectAttributes(message.attributes, attributeNames);
  const md5OfMessageAttributes = md5OfAttributes(own);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(md5OfMessageAttributes !== undefined && {
      MessageAttributes: own,
      MD5OfMessageAttributes: md5OfMessageAttributes,
    }),
  };
}

export function systemAttributes(message: Readonly<Message>, senderId: string): { [name: string]: string } {
  const { sentAt, receiveCount, firstReceivedAt, groupId, deduplicationId, sequenceNumber, traceHeader } = message;
  return {
    SenderId: senderId,
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receiveCount),
    ...(firstReceivedAt !== undefined && { ApproximateFirstReceiveTimestamp: String(firstReceivedAt) }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
    ...(message.deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
  };
}
