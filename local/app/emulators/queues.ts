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

/** Of a queue in AWS, up to its account. */
const HOST = /https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com(?=\/\d{12}\/)/g;

/**
 * A text with the URLs of queues leading to an endpoint. The SDK for JavaScript sends to the host of a queue's URL, whatever
 * endpoint its environment names: with the URL of AWS, a function would reach AWS.
 */
export function withQueueUrlsAt(endpoint: string, text: string): string {
  return text.replace(HOST, endpoint);
}

function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
