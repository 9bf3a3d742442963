import type { AwsService, JsonObject } from '../aws-service';
import { AwsError } from '../http/aws-error';
import { batch } from './batch';
import { selectAttributes } from './message-attributes';
import type { Queue } from './queue';
import type { AttributeTexts } from './queue-attributes';
import { QueueStore, type QueueStoreOptions } from './queue-store';
import { describeReceived } from './received-message';
import { object, optionalInteger, optionalText, text, texts } from './request';
import { sendMessage } from './send-message';

type Operation = (input: JsonObject, signal?: AbortSignal) => JsonObject | Promise<JsonObject>;

const LONGEST_VISIBILITY_TIMEOUT = 43_200;

/** SQS in this process, by the app's clock. Permissions, tags and message move tasks are refused by name. */
export class SqsService implements AwsService {
  readonly name = 'sqs';
  readonly queues: QueueStore;

  private readonly operations: { readonly [operation: string]: Operation } = {
    CreateQueue: (input) => ({
      QueueUrl: this.queues.create(text(input, 'QueueName'), object(input, 'Attributes') as AttributeTexts).url,
    }),
    DeleteQueue: (input) => ran(() => this.queues.delete(this.queue(input))),
    GetQueueUrl: (input) => ({ QueueUrl: this.queues.byName(text(input, 'QueueName')).url }),
    ListQueues: (input) => ({ QueueUrls: this.queues.list(optionalText(input, 'QueueNamePrefix') ?? '').map(({ url }) => url) }),
    GetQueueAttributes: (input) => this.getAttributes(input),
    SetQueueAttributes: (input) => ran(() => this.queue(input).attributes.set(object(input, 'Attributes') as AttributeTexts)),
    PurgeQueue: (input) => ran(() => this.queue(input).purge()),
    SendMessage: (input) => sendMessage(this.queue(input), input),
    SendMessageBatch: (input) => this.batch(input, sendMessage),
    ReceiveMessage: (input, signal) => this.receive(input, signal),
    DeleteMessage: (input) => remove(this.queue(input), input),
    DeleteMessageBatch: (input) => this.batch(input, remove),
    ChangeMessageVisibility: (input) => changeVisibility(this.queue(input), input),
    ChangeMessageVisibilityBatch: (input) => this.batch(input, changeVisibility),
  };

  constructor(private readonly options: QueueStoreOptions) {
    this.queues = new QueueStore(options);
  }

  async call(operation: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject> {
    if (Object.hasOwn(this.operations, operation)) return this.operations[operation]!(input, signal);
    throw new AwsError(
      'UnsupportedOperation',
      `the operation ${operation} is not supported by SQS on this machine; name another with --endpoint sqs=URL`,
      'com.amazonaws.sqs',
    );
  }

  private queue(input: JsonObject): Queue {
    return this.queues.byUrl(text(input, 'QueueUrl'));
  }

  private batch(input: JsonObject, one: (queue: Queue, entry: JsonObject) => JsonObject): JsonObject {
    const queue = this.queue(input);
    return batch(input, (entry) => one(queue, entry));
  }

  private getAttributes(input: JsonObject): JsonObject {
    const { attributes, counts, arn, createdAt } = this.queue(input);
    const seconds = String(Math.floor(createdAt / 1000));
    const all = {
      ...attributes.all(),
      QueueArn: arn,
      CreatedTimestamp: seconds,
      LastModifiedTimestamp: seconds,
      ApproximateNumberOfMessages: String(counts.visible),
      ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
      ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    };
    return { Attributes: selectAttributes(all, texts(input, 'AttributeNames')) };
  }

  private async receive(input: JsonObject, signal: AbortSignal | undefined): Promise<JsonObject> {
    const received = await this.queue(input).receive({
      max: optionalInteger(input, 'MaxNumberOfMessages', 1, 10) ?? 1,
      visibilityTimeout: optionalInteger(input, 'VisibilityTimeout', 0, LONGEST_VISIBILITY_TIMEOUT),
      waitSeconds: optionalInteger(input, 'WaitTimeSeconds', 0, 20),
      signal,
    });
    if (received.length === 0) return {};
    const system = [...texts(input, 'AttributeNames'), ...texts(input, 'MessageSystemAttributeNames')];
    const own = texts(input, 'MessageAttributeNames');
    return { Messages: received.map((one) => describeReceived(one, this.options.accountId, system, own)) };
  }
}

/** An operation that answers nothing. */
function ran(change: () => void): JsonObject {
  change();
  return {};
}

function remove(queue: Queue, input: JsonObject): JsonObject {
  return ran(() => queue.delete(text(input, 'ReceiptHandle')));
}

function changeVisibility(queue: Queue, input: JsonObject): JsonObject {
  const seconds = optionalInteger(input, 'VisibilityTimeout', 0, LONGEST_VISIBILITY_TIMEOUT) ?? 0;
  return ran(() => queue.changeVisibility(text(input, 'ReceiptHandle'), seconds));
}
