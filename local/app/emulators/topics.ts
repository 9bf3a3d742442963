import type { Resource } from '../../assembly';
import type { Json } from '../../engine/host';
import type { JsonObject } from '../../services/aws-service';
import type { SubscriptionConfig } from '../../services/sns/subscription';
import type { TopicConfig } from '../../services/sns/topic-store';

const TOPIC_ATTRIBUTES = ['ContentBasedDeduplication', 'DisplayName', 'FifoTopic'];

const SUBSCRIPTION_ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];

/** An `AWS::SNS::Topic` as the service takes it. */
export function topicOf({ physicalId, properties }: Resource): TopicConfig {
  return { name: physicalId.slice(physicalId.lastIndexOf(':') + 1), attributes: texts(properties, TOPIC_ATTRIBUTES) };
}

/** The subscriptions that a topic of the template names itself. */
export function inlineSubscriptionsOf({ physicalId, properties }: Resource): SubscriptionConfig[] {
  const { Subscription: subscriptions = [] } = properties;
  return (subscriptions as unknown as JsonObject[]).map((subscription) => configOf(subscription, physicalId));
}

/** An `AWS::SNS::Subscription` as the service takes it. */
export function subscriptionOf({ properties }: Resource): SubscriptionConfig {
  return configOf(properties, String(properties.TopicArn));
}

function configOf(properties: JsonObject, topicArn: string): SubscriptionConfig {
  const { Protocol: protocol, Endpoint: endpoint } = properties;
  return {
    topicArn,
    protocol: String(protocol),
    endpoint: String(endpoint),
    attributes: texts(properties, SUBSCRIPTION_ATTRIBUTES),
  };
}

function texts(properties: JsonObject, names: readonly string[]): { [name: string]: string } {
  const given = names.filter((name) => properties[name] !== undefined).map((name) => [name, textOf(properties[name]!)]);
  return Object.fromEntries(given);
}

function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
