import type { Json } from '../../engine/host';
import { asText } from '../as-text';

export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
};

export type MessageAttributes = { readonly [name: string]: MessageAttribute };

/** What was published. */
export interface Notification {
  readonly id: string;
  readonly topicArn: string;
  readonly message: string;
  /** By protocol, where the publisher gave one for each. */
  readonly messages?: { readonly [protocol: string]: Json };
  readonly subject?: string;
  readonly attributes: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
}

/** The text that a protocol gets. */
export function messageFor({ message, messages }: Notification, protocol: string): string {
  return asText(messages?.[protocol] ?? messages?.default ?? message);
}

/** What a queue gets unless it wants the raw message. Nobody here could sign it, so it says nothing of a signature. */
export function envelope(notification: Notification, protocol: string): { [name: string]: Json } {
  const { id, topicArn, subject, publishedAt } = notification;
  const attributes = describedAttributes(notification);
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: messageFor(notification, protocol),
    Timestamp: new Date(publishedAt).toISOString(),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}

/** What a function gets. */
export function lambdaEvent(notification: Notification, subscriptionArn: string): Json {
  return {
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        EventSource: 'aws:sns',
        Sns: {
          ...envelope(notification, 'lambda'),
          Subject: notification.subject ?? null,
          MessageAttributes: describedAttributes(notification),
        },
      },
    ],
  };
}

function describedAttributes({ attributes }: Notification): { [name: string]: Json } {
  const described = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
  ]);
  return Object.fromEntries(described);
}
