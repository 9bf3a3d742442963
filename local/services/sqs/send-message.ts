import type { JsonObject } from '../aws-service';
import { invalidValue, sqsError } from './errors';
import { md5, md5OfAttributes, readMessageAttributes } from './message-attributes';
import type { Queue } from './queue';
import { object, optionalInteger, optionalText, text } from './request';

// biome-ignore lint/suspicious/noControlCharactersInRegex: those that SQS refuses, as XML does
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Sends what SendMessage, or an entry of SendMessageBatch, describes. */
export function sendMessage(queue: Queue, input: JsonObject): JsonObject {
  const body = text(input, 'MessageBody');
  const attributes = readMessageAttributes(object(input, 'MessageAttributes'));
  checkBody(queue, body, attributes);
  const message = queue.send({
    body,
    attributes,
    groupId: optionalText(input, 'MessageGroupId'),
    deduplicationId: optionalText(input, 'MessageDeduplicationId'),
    delaySeconds: optionalInteger(input, 'DelaySeconds', 0, 900),
    traceHeader: traceHeader(input),
  });
  const md5OfMessageAttributes = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5(body),
    ...(md5OfMessageAttributes !== undefined && { MD5OfMessageAttributes: md5OfMessageAttributes }),
    ...(message.sequenceNumber !== undefined && { SequenceNumber: message.sequenceNumber }),
  };
}

function checkBody(queue: Queue, body: string, attributes: object): void {
  if (body === '') throw sqsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (REFUSED.test(body)) {
    throw sqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  const largest = queue.attributes.number('MaximumMessageSize');
  const size = Buffer.byteLength(body) + attributesSize(attributes);
  if (size > largest) {
    throw sqsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${largest} bytes.`,
    );
  }
}

function attributesSize(attributes: object): number {
  const sizes = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
    const value = BinaryValue === undefined ? Buffer.byteLength(StringValue) : Buffer.from(BinaryValue, 'base64').length;
    return Buffer.byteLength(name) + Buffer.byteLength(DataType) + value;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

function traceHeader(input: JsonObject): string | undefined {
  const attributes = object(input, 'MessageSystemAttributes');
  const unknown = Object.keys(attributes).find((name) => name !== 'AWSTraceHeader');
  if (unknown !== undefined) throw invalidValue('MessageSystemAttributes', unknown, 'Only AWSTraceHeader is supported.');
  return attributes.AWSTraceHeader === undefined ? undefined : text(object(attributes, 'AWSTraceHeader'), 'StringValue');
}
