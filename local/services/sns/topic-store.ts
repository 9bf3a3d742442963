import { invalidParameter, notFound } from './errors';
import { Subscription, type SubscriptionConfig } from './subscription';

export interface TopicConfig {
  readonly name: string;
  /** As the API has them: texts by name. */
  readonly attributes: { readonly [name: string]: string };
}

export interface Topic extends TopicConfig {
  readonly arn: string;
}

export interface TopicStoreOptions {
  readonly region: string;
  readonly accountId: string;
  readonly uuid: () => string;
}

const NAME = /^[A-Za-z0-9_-]{1,256}(\.fifo)?$/;

/** The topics of one account in one region, and who subscribed to them. */
export class TopicStore {
  private readonly byArn = new Map<string, Topic>();
  private readonly subscribed = new Map<string, Subscription>();

  constructor(private readonly options: TopicStoreOptions) {}

  get topics(): Topic[] {
    return [...this.byArn.values()];
  }

  get subscriptions(): Subscription[] {
    return [...this.subscribed.values()];
  }

  /** The same once more gives the topic that is there. */
  create({ name, attributes }: TopicConfig): Topic {
    if (!NAME.test(name) || name.endsWith('.fifo') !== (attributes.FifoTopic === 'true')) {
      throw invalidParameter(
        `Topic Name '${name}' must be of letters, digits, - and _, and end in .fifo where the topic is FIFO`,
      );
    }
    const arn = `arn:aws:sns:${this.options.region}:${this.options.accountId}:${name}`;
    const topic = this.byArn.get(arn) ?? { name, attributes, arn };
    this.byArn.set(arn, topic);
    return topic;
  }

  topic(arn: string): Topic {
    const topic = this.byArn.get(arn);
    if (topic === undefined) throw notFound('Topic');
    return topic;
  }

  delete(arn: string): void {
    this.byArn.delete(arn);
    for (const { arn: one } of this.ofTopic(arn)) this.subscribed.delete(one);
  }

  /** The same once more gives the subscription that is there. */
  subscribe(config: SubscriptionConfig): Subscription {
    const { arn } = this.topic(config.topicArn);
    const existing = this.ofTopic(arn).find(
      (one) => one.config.protocol === config.protocol && one.config.endpoint === config.endpoint,
    );
    if (existing !== undefined) return existing;
    const subscription = new Subscription(`${arn}:${this.options.uuid()}`, config);
    this.subscribed.set(subscription.arn, subscription);
    return subscription;
  }

  subscription(arn: string): Subscription {
    const subscription = this.subscribed.get(arn);
    if (subscription === undefined) throw notFound('Subscription');
    return subscription;
  }

  unsubscribe(arn: string): void {
    this.subscribed.delete(arn);
  }

  ofTopic(arn: string): Subscription[] {
    return this.subscriptions.filter(({ config }) => config.topicArn === arn);
  }
}
