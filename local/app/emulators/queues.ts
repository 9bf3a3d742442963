import type { Resource } from '../../assembly';
import type { Json } from '../../engine/host';
import type { QueueConfig } from '../../services/sqs/queue-store';

/** Of the template, and no attributes of a queue. */
const NO_ATTRIBUTES = new Set(['QueueName', 'Tags']);

/** An `AWS::SQS::Queue` as the service takes it. */
export function queueOf({ physicalId, properties }: Resource): QueueConfig {
  const given = Object.entries(properties).filter(([name]) => !NO_ATTRIBUTES.has(name));
  return {
    name: physicalId.slice(physicalId.lastIndexOf('/') + 1),
    attributes: Object.fromEntries(given.map(([name, value]) => [name, textOf(value)])),
  };
}

/**
 * A text with the URLs of a place's queues leading to this machine. The SDK for JavaScript sends to the host of a queue's
 * URL, whatever endpoint its environment names: with the URL of AWS, a function would reach AWS.
 */
export function withLocalQueueUrls(text: string, region: string, accountId: string, endpoint: string): string {
  return text.replaceAll(`https://sqs.${region}.amazonaws.com/${accountId}/`, `${endpoint}/${accountId}/`);
}

function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
