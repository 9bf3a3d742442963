import type { Json } from '../../engine/host';
import { failedItems } from './batch-response';
import type { ReceivedMessage } from './message';
import { md5 } from './message-attributes';
import type { Queue } from './queue';
import { systemAttributes } from './received-message';

/** How many batches a function is given at once, as Lambda begins with. */
const DEFAULT_CONCURRENCY = 5;

export interface EventSourceMappingOptions {
  readonly queue: Queue;
  readonly region: string;
  readonly accountId: string;
  readonly batchSize: number;
  /** How long to collect messages for, in seconds. */
  readonly batchingWindow: number;
  /** Whether the function says itself which messages failed. */
  readonly reportsBatchItemFailures: boolean;
  /** @default 5 */
  readonly maximumConcurrency?: number;
  /** Whether the function is given a record; the others are deleted. @default - it is given all */
  accepts?(record: Json): boolean;
  now(): number;
  /** Resolves to what the function returned; rejects where it failed. */
  invoke(event: Json): Promise<Json>;
  /** Told of each batch that failed as a whole; its messages come back after the visibility timeout. */
  onFailure(error: unknown): void;
}

/** Hands the messages of a queue to a function, as Lambda does: those that it did not fail for are deleted. */
export class EventSourceMapping {
  private readonly closed = new AbortController();

  constructor(private readonly options: EventSourceMappingOptions) {
    void this.poll();
  }

  close(): void {
    this.closed.abort();
  }

  private async poll(): Promise<void> {
    const { maximumConcurrency = DEFAULT_CONCURRENCY } = this.options;
    const deliveries = new Set<Promise<void>>();
    while (!this.closed.signal.aborted) {
      const batch = await this.collect();
      if (batch.length === 0) continue;
      const delivery = this.deliver(batch).finally(() => deliveries.delete(delivery));
      deliveries.add(delivery);
      if (deliveries.size >= maximumConcurrency) await Promise.race(deliveries);
    }
  }

  private async collect(): Promise<ReceivedMessage[]> {
    const { queue, batchSize, batchingWindow, now } = this.options;
    const { signal } = this.closed;
    // without end, so that an idle queue does not move virtual time
    const batch = await queue.receive({ max: batchSize, waitSeconds: Number.POSITIVE_INFINITY, signal });
    const end = now() + batchingWindow * 1000;
    while (batch.length < batchSize && now() < end && !signal.aborted) {
      batch.push(...(await queue.receive({ max: batchSize - batch.length, waitSeconds: (end - now()) / 1000, signal })));
    }
    return batch;
  }

  private async deliver(batch: readonly ReceivedMessage[]): Promise<void> {
    const { queue, invoke, onFailure, reportsBatchItemFailures, accepts = () => true } = this.options;
    const records = batch.map((received) => ({ received, record: this.recordOf(received) }));
    const accepted = records.filter(({ record }) => accepts(record));
    for (const { received } of records.filter((one) => !accepted.includes(one))) this.remove(queue, received.receiptHandle);
    if (accepted.length === 0) return;
    try {
      const output = await invoke({ Records: accepted.map(({ record }) => record) });
      const ids = accepted.map(({ received }) => received.message.id);
      const failed = reportsBatchItemFailures ? failedItems(output, ids) : new Set();
      for (const { received } of accepted) {
        if (!failed.has(received.message.id)) this.remove(queue, received.receiptHandle);
      }
    } catch (error) {
      onFailure(error);
    }
  }

  /** A function that took longer than the visibility timeout does not finish the message. */
  private remove(queue: Queue, receiptHandle: string): void {
    try {
      queue.delete(receiptHandle);
    } catch (error) {
      this.options.onFailure(error);
    }
  }

  private recordOf({ message, receiptHandle }: ReceivedMessage): { [name: string]: Json } {
    const { queue, region, accountId } = this.options;
    const own = Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]);
    return {
      messageId: message.id,
      receiptHandle,
      body: message.body,
      attributes: systemAttributes(message, accountId),
      messageAttributes: Object.fromEntries(own),
      md5OfBody: md5(message.body),
      eventSource: 'aws:sqs',
      eventSourceARN: queue.arn,
      awsRegion: region,
    };
  }
}
