import type { Json } from '../../engine/host';
import { invalidParameter } from './errors';
import { compileFilter, type Filter, type FilterPolicyScope } from './filter-policy';

export interface SubscriptionConfig {
  readonly topicArn: string;
  readonly protocol: string;
  /** An ARN, an address or a number. */
  readonly endpoint: string;
  /** As the API has them: texts by name. */
  readonly attributes: { readonly [name: string]: string };
}

const DELIVERED = new Set(['sqs', 'lambda']);
const KEPT_IN_OUTBOX = new Set(['email', 'email-json', 'sms']);

/** Who is told of what is published to a topic. */
export class Subscription {
  private filter!: Filter;
  private texts: { readonly [name: string]: string } = {};
  /** Where goes what could not be delivered. */
  deadLetterArn: string | undefined;

  constructor(
    readonly arn: string,
    readonly config: SubscriptionConfig,
  ) {
    const reason = unsupportedProtocol(config.protocol);
    if (reason !== undefined) throw invalidParameter(reason);
    this.set(config.attributes);
  }

  /** Changes those attributes that are given. */
  set(given: { readonly [name: string]: string }): void {
    const texts = { ...this.texts, ...given };
    const { FilterPolicy: policy, FilterPolicyScope: scope = 'MessageAttributes' } = texts;
    if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
      throw invalidParameter(`FilterPolicyScope '${scope}' must be MessageAttributes or MessageBody`);
    }
    this.filter = isEmpty(policy) ? () => true : compileFilter(parse(policy), scope satisfies FilterPolicyScope);
    this.deadLetterArn = isEmpty(texts.RedrivePolicy) ? undefined : deadLetterOf(texts.RedrivePolicy);
    this.texts = texts;
  }

  get attributes(): { readonly [name: string]: string } {
    return this.texts;
  }

  get wantsRaw(): boolean {
    return this.texts.RawMessageDelivery === 'true';
  }

  get isKeptInOutbox(): boolean {
    return KEPT_IN_OUTBOX.has(this.config.protocol);
  }

  wants(notification: Parameters<Filter>[0]): boolean {
    return this.filter(notification);
  }
}

/** Why nothing is delivered by a protocol, and the way out. */
export function unsupportedProtocol(protocol: string): string | undefined {
  if (DELIVERED.has(protocol) || KEPT_IN_OUTBOX.has(protocol)) return undefined;
  return `Protocol '${protocol}' is not supported by SNS on this machine; use sqs, lambda, email or sms, or name another SNS with --endpoint sns=URL`;
}

function deadLetterOf(policy: string): string {
  const { deadLetterTargetArn: arn } = (parse(policy) ?? {}) as { deadLetterTargetArn?: Json };
  if (typeof arn === 'string') return arn;
  throw invalidParameter(`RedrivePolicy '${policy}' must name deadLetterTargetArn`);
}

function isEmpty(text: string | undefined): text is undefined {
  return text === undefined || text === '' || text === '{}';
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw invalidParameter(`'${text}' is no JSON`);
  }
}
