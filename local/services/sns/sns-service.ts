import { createHash } from 'node:crypto';
import type { Clock, Json } from '../../engine/host';
import { asText } from '../as-text';
import type { AwsService, JsonObject } from '../aws-service';
import { AwsError } from '../http/aws-error';
import { invalidParameter, snsError } from './errors';
import { envelope, lambdaEvent, type MessageAttributes, messageFor, type Notification } from './notification';
import type { Subscription, SubscriptionConfig } from './subscription';
import { type TopicConfig, TopicStore } from './topic-store';

/** What a queue is sent. */
export interface QueueMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/** A mail or a text message, which never leaves this machine. */
export interface OutgoingMessage {
  readonly protocol: string;
  /** Address or number. */
  readonly to: string;
  readonly subject?: string;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface SnsServiceOptions {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly topics: readonly TopicConfig[];
  readonly subscriptions: readonly SubscriptionConfig[];
  /** Rejects where it cannot. */
  sendToQueue(arn: string, message: QueueMessage): Promise<void>;
  /** Rejects where the function fails. */
  invoke(arn: string, event: Json): Promise<void>;
  /** Told of each delivery that failed. */
  onFailure(message: string): void;
}

type Operation = (input: JsonObject) => JsonObject;

/** SNS in this process. Mails and text messages lie in the outbox; platform applications and data protection are refused by name. */
export class SnsService implements AwsService {
  readonly name = 'sns';
  readonly topics: TopicStore;
  /** Oldest first. */
  readonly outbox: OutgoingMessage[] = [];

  private readonly operations: { readonly [operation: string]: Operation } = {
    CreateTopic: ({ Name, Attributes }) => ({
      TopicArn: this.topics.create({ name: asText(Name), attributes: textsOf(Attributes) }).arn,
    }),
    DeleteTopic: ({ TopicArn }) => ran(() => this.topics.delete(asText(TopicArn))),
    ListTopics: () => ({ Topics: this.topics.topics.map(({ arn }) => ({ TopicArn: arn })) }),
    GetTopicAttributes: ({ TopicArn }) => {
      const { arn, attributes } = this.topics.topic(asText(TopicArn));
      return { Attributes: { ...attributes, TopicArn: arn, Owner: this.options.accountId } };
    },
    Subscribe: (input) => ({ SubscriptionArn: this.subscribe(input).arn }),
    Unsubscribe: ({ SubscriptionArn }) => ran(() => this.topics.unsubscribe(asText(SubscriptionArn))),
    ListSubscriptions: () => this.list(this.topics.subscriptions),
    ListSubscriptionsByTopic: ({ TopicArn }) => this.list(this.topics.ofTopic(this.topics.topic(asText(TopicArn)).arn)),
    GetSubscriptionAttributes: ({ SubscriptionArn }) => {
      const { attributes, config } = this.topics.subscription(asText(SubscriptionArn));
      const { topicArn: TopicArn, protocol: Protocol, endpoint: Endpoint } = config;
      return { Attributes: { ...attributes, SubscriptionArn: asText(SubscriptionArn), TopicArn, Protocol, Endpoint } };
    },
    SetSubscriptionAttributes: ({ SubscriptionArn, AttributeName, AttributeValue = '' }) =>
      ran(() => this.topics.subscription(asText(SubscriptionArn)).set({ [asText(AttributeName)]: asText(AttributeValue) })),
    Publish: (input) => this.publish(input),
    PublishBatch: (input) => this.publishBatch(input),
  };

  constructor(private readonly options: SnsServiceOptions) {
    this.topics = new TopicStore(options);
    for (const topic of options.topics) this.topics.create(topic);
    for (const subscription of options.subscriptions) this.topics.subscribe(subscription);
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    if (Object.hasOwn(this.operations, operation)) return this.operations[operation]!(input);
    throw invalidParameter(
      `the operation ${operation} is not supported by SNS on this machine; name another with --endpoint sns=URL`,
    );
  }

  private subscribe({ TopicArn, Protocol, Endpoint, Attributes }: JsonObject): Subscription {
    return this.topics.subscribe({
      topicArn: asText(TopicArn),
      protocol: asText(Protocol),
      endpoint: asText(Endpoint),
      attributes: textsOf(Attributes),
    });
  }

  private list(subscriptions: readonly Subscription[]): JsonObject {
    return {
      Subscriptions: subscriptions.map(({ arn, config }) => ({
        SubscriptionArn: arn,
        Owner: this.options.accountId,
        Protocol: config.protocol,
        Endpoint: config.endpoint,
        TopicArn: config.topicArn,
      })),
    };
  }

  private publish(input: JsonObject): JsonObject {
    const { PhoneNumber: number, Message: message } = input;
    const id = this.options.uuid();
    if (typeof number === 'string') {
      this.outbox.push({ protocol: 'sms', to: number, message: textOf('Message', message), at: this.options.clock.now() });
      return { MessageId: id };
    }
    const notification = this.notificationOf(input, id);
    for (const subscription of this.topics.ofTopic(notification.topicArn)) {
      if (subscription.wants(notification)) void this.deliver(notification, subscription);
    }
    return { MessageId: id };
  }

  private publishBatch({ TopicArn, PublishBatchRequestEntries: entries }: JsonObject): JsonObject {
    const given = (Array.isArray(entries) ? entries : []).map((entry) => (entry ?? {}) as JsonObject);
    if (given.length === 0) throw snsError('EmptyBatchRequestException', 'The batch request contains no entries.');
    if (given.length > 10) {
      throw snsError('TooManyEntriesInBatchRequestException', 'The batch request contains more entries than permissible.');
    }
    const successful: Json[] = [];
    const failed: Json[] = [];
    for (const { Id, ...entry } of given) {
      try {
        successful.push({ Id: asText(Id), ...this.publish({ ...entry, TopicArn: TopicArn! }) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        failed.push({ Id: asText(Id), Code: error.name, Message: error.message, SenderFault: true });
      }
    }
    return { Successful: successful, Failed: failed };
  }

  private notificationOf(input: JsonObject, id: string): Notification {
    const { TopicArn, TargetArn, Subject, MessageStructure, MessageAttributes, MessageGroupId } = input;
    const { arn: topicArn, attributes } = this.topics.topic(asText(TopicArn ?? TargetArn));
    const message = textOf('Message', input.Message);
    if (message === '') throw invalidParameter('Empty message');
    const isFifo = attributes.FifoTopic === 'true';
    if (isFifo && MessageGroupId === undefined) {
      throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
    }
    const deduplicationId =
      input.MessageDeduplicationId ?? (attributes.ContentBasedDeduplication === 'true' ? sha256(message) : undefined);
    if (isFifo && deduplicationId === undefined) {
      throw invalidParameter(
        'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      );
    }
    return {
      id,
      topicArn,
      message,
      ...(MessageStructure === 'json' && { messages: messagesOf(message) }),
      ...(typeof Subject === 'string' && { subject: Subject }),
      attributes: readAttributes(MessageAttributes),
      ...(MessageGroupId !== undefined && { groupId: asText(MessageGroupId) }),
      ...(deduplicationId !== undefined && { deduplicationId: asText(deduplicationId) }),
      publishedAt: this.options.clock.now(),
    };
  }

  private async deliver(notification: Notification, subscription: Subscription): Promise<void> {
    const { sendToQueue, invoke, onFailure } = this.options;
    const { arn, config, deadLetterArn } = subscription;
    const { protocol, endpoint } = config;
    try {
      if (subscription.isKeptInOutbox) this.keep(notification, config);
      else if (protocol === 'sqs') await sendToQueue(endpoint, queueMessage(notification, subscription.wantsRaw));
      else await invoke(endpoint, lambdaEvent(notification, arn));
    } catch (error) {
      onFailure(`${notification.topicArn} to ${endpoint}: ${error instanceof Error ? error.message : error}`);
      if (deadLetterArn === undefined) return;
      await sendToQueue(deadLetterArn, queueMessage(notification, false)).catch((reason) =>
        onFailure(`${notification.topicArn} to ${deadLetterArn}: ${reason instanceof Error ? reason.message : reason}`),
      );
    }
  }

  private keep(notification: Notification, { protocol, endpoint }: SubscriptionConfig): void {
    const { subject, publishedAt } = notification;
    const message = messageFor(notification, protocol);
    this.outbox.push({ protocol, to: endpoint, ...(subject !== undefined && { subject }), message, at: publishedAt });
  }
}

function queueMessage(notification: Notification, raw: boolean): QueueMessage {
  const { attributes, groupId, deduplicationId } = notification;
  return {
    body: raw ? messageFor(notification, 'sqs') : JSON.stringify(envelope(notification, 'sqs')),
    ...(raw && { attributes }),
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  };
}

function readAttributes(given: Json | undefined): MessageAttributes {
  for (const [name, attribute] of Object.entries((given ?? {}) as JsonObject)) {
    const { DataType: type } = (attribute ?? {}) as JsonObject;
    if (typeof type !== 'string' || type === '') {
      throw invalidParameter(`The message attribute '${name}' must contain non-empty message attribute type`);
    }
  }
  return (given ?? {}) as MessageAttributes;
}

function messagesOf(message: string): { readonly [protocol: string]: Json } {
  try {
    const messages = JSON.parse(message);
    if (typeof messages?.default === 'string') return messages;
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  throw invalidParameter('Message Structure - No default entry in JSON message body');
}

function textOf(member: string, value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw invalidParameter(`${member} ${JSON.stringify(value)} must be a string`);
}

function textsOf(value: Json | undefined): { [name: string]: string } {
  const given = Object.entries((value ?? {}) as JsonObject);
  return Object.fromEntries(given.map(([name, text]) => [name, asText(text)]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An operation that answers nothing. */
function ran(change: () => void): JsonObject {
  change();
  return {};
}
