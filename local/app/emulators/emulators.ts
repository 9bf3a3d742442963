import { randomUUID } from 'node:crypto';
import type { Resource } from '../../assembly';
import type { AwsService } from '../../services/aws-service';
import { DynamoDbService } from '../../services/dynamodb/dynamodb-service';
import { EventsService } from '../../services/events/events-service';
import { AwsError } from '../../services/http/aws-error';
import type { S3Object } from '../../services/s3/bucket';
import { S3Service } from '../../services/s3/s3-service';
import { SnsService } from '../../services/sns/sns-service';
import { EventSourceMapping } from '../../services/sqs/event-source-mapping';
import { SqsService } from '../../services/sqs/sqs-service';
import { BUCKET, bucketsWithEvents, unsupportedByBuckets } from './buckets';
import { Deliveries, type DeliveryOptions } from './deliveries';
import { eventSourceMappingOf, MAPPING, unsupportedByMapping } from './event-source-mappings';
import { queueOf } from './queues';
import { ruleOf, unsupportedByRule } from './rules';
import { isTable, tableOf, unsupportedByTable } from './tables';
import { inlineSubscriptionsOf, subscriptionOf, topicOf } from './topics';

export interface EmulatorsOptions extends DeliveryOptions {
  readonly region: string;
  readonly accountId: string;
  /** All that the app has in this account and region. */
  readonly resources: readonly Resource[];
  /** Told of what went wrong where nobody waits for it, such as a delivery of messages to a function. */
  onFailure(message: string): void;
}

/** The services of one account in one region that keep or hand on what they are given, filled with the app's resources. */
export class Emulators {
  readonly services: readonly AwsService[];
  /** Its `outbox` holds the mails and text messages. */
  readonly sns: SnsService;
  private readonly dynamodb: DynamoDbService;
  readonly sqs: SqsService;
  readonly s3: S3Service;
  private readonly events: EventsService;
  private readonly deliveries: Deliveries;
  private readonly mappings: EventSourceMapping[] = [];
  private readonly found: string[] = [];

  constructor(private readonly options: EmulatorsOptions) {
    const { resources, onFailure } = options;
    this.deliveries = new Deliveries(options, () => this);
    const common = { ...options, uuid: randomUUID, onFailure };
    this.dynamodb = new DynamoDbService({ ...options, tables: resources.filter(isTable).map(tableOf) });
    this.sqs = new SqsService({ ...common, queues: [] });
    this.sns = new SnsService({
      ...common,
      topics: [],
      subscriptions: [],
      sendToQueue: (arn, message) => this.deliveries.sendToQueue(arn, message),
      invoke: async (arn, event) => void (await this.deliveries.invoke(arn, event)),
    });
    this.events = new EventsService({
      ...common,
      buses: [],
      rules: [],
      deliver: (arn, text, groupId) => this.deliveries.deliver(arn, text, groupId),
    });
    const withEvents = bucketsWithEvents(resources);
    this.s3 = new S3Service({
      ...options,
      onCreated: (bucket, object, reason) => {
        if (withEvents.has(bucket)) this.announce(bucket, object, reason);
      },
    });
    this.services = [this.dynamodb, this.sqs, this.sns, this.events, this.s3];
    for (const type of ORDER) {
      for (const resource of resources) {
        if (resource.type === type) this.explained(resource, () => this.add(resource));
      }
    }
    this.found.push(...resources.filter(isTable).flatMap(unsupportedByTable), ...unsupportedByBuckets(resources));
  }

  /** What of the app's resources does not do here what it does in AWS, a line each. */
  get problems(): readonly string[] {
    return this.found;
  }

  async close(): Promise<void> {
    for (const mapping of this.mappings) mapping.close();
    await this.dynamodb.close();
  }

  private add(resource: Resource): void {
    switch (resource.type) {
      case BUCKET:
        this.s3.create(resource.physicalId);
        return;
      case 'AWS::SQS::Queue': {
        const { name, attributes } = queueOf(resource);
        this.sqs.queues.create(name, attributes);
        return;
      }
      case 'AWS::SNS::Topic':
        this.sns.topics.create(topicOf(resource));
        for (const subscription of inlineSubscriptionsOf(resource)) this.sns.topics.subscribe(subscription);
        return;
      case 'AWS::SNS::Subscription':
        this.sns.topics.subscribe(subscriptionOf(resource));
        return;
      case 'AWS::Events::EventBus':
        this.events.rules.createBus(resource.physicalId);
        return;
      case 'AWS::Events::Rule':
        this.found.push(...unsupportedByRule(resource));
        this.events.rules.put(ruleOf(resource));
        return;
      case MAPPING:
        this.map(resource);
    }
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
  private announce(bucket: string, { key, body, etag }: S3Object, reason: string): void {
    this.events.announce({
      source: 'aws.s3',
      detailType: 'Object Created',
      resources: [`arn:aws:s3:::${bucket}`],
      detail: {
        version: '0',
        bucket: { name: bucket },
        object: { key, size: body.length, etag: etag.replaceAll('"', '') },
        requester: this.options.accountId,
        reason,
      },
    });
  }

  private map(resource: Resource): void {
    const { clock, onFailure } = this.options;
    const reasons = unsupportedByMapping(resource);
    this.found.push(...reasons);
    if (reasons.length > 0) return;
    const { queueArn, functionName, enabled, ...settings } = eventSourceMappingOf(resource);
    const queue = this.sqs.queues.byArn(queueArn);
    if (!enabled) return;
    if (queue === undefined) {
      this.found.push(`${resource.path} (${resource.type}): the app has no queue '${queueArn}', so that nothing is delivered`);
      return;
    }
    const mapping = new EventSourceMapping({
      ...this.options,
      ...settings,
      queue,
      now: () => clock.now(),
      invoke: (event) => this.deliveries.invoke(functionName, event),
      onFailure: (error) => onFailure(`${functionName}, given messages of ${queue.name}: ${messageOf(error)}`),
    });
    this.mappings.push(mapping);
  }

  /** What a service refuses of a template is left out, and said to be. */
  private explained({ path, type }: Resource, add: () => void): void {
    try {
      add();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.found.push(`${path} (${type}): ${error.message}`);
    }
  }
}

/** Each after what it refers to. */
const ORDER = [
  BUCKET,
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::SNS::Subscription',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  MAPPING,
];

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
