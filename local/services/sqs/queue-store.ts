import type { Clock } from '../../engine/host';
import { invalidValue, noSuchQueue, sqsError } from './errors';
import { Queue } from './queue';
import type { AttributeTexts } from './queue-attributes';

export interface QueueConfig {
  readonly name: string;
  readonly attributes: AttributeTexts;
}

export interface QueueStoreOptions {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly queues: readonly QueueConfig[];
}

const NAME = /^[A-Za-z0-9_-]{1,80}$/;

/** The queues of one account in one region. */
export class QueueStore {
  private readonly queues = new Map<string, Queue>();

  constructor(private readonly options: QueueStoreOptions) {
    for (const { name, attributes } of options.queues) this.create(name, attributes);
  }

  /** The same once more gives the queue that is there. */
  create(name: string, attributes: AttributeTexts): Queue {
    const isFifo = attributes.FifoQueue === 'true';
    if (!NAME.test(isFifo ? name.replace(/\.fifo$/, '') : name) || (isFifo && !name.endsWith('.fifo'))) {
      throw invalidValue(
        'QueueName',
        name,
        `Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length${isFifo ? ', ending in .fifo' : ''}`,
      );
    }
    const existing = this.queues.get(name);
    if (existing === undefined) return this.add(name, attributes);
    if (existing.attributes.include(attributes)) return existing;
    throw sqsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute(s)`);
  }

  delete(queue: Queue): void {
    this.queues.delete(queue.name);
  }

  list(prefix: string): Queue[] {
    return [...this.queues.values()].filter(({ name }) => name.startsWith(prefix));
  }

  byName(name: string): Queue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw noSuchQueue();
    return queue;
  }

  /** Whatever host it names: that of AWS, of this machine, or a name for it. */
  byUrl(url: string): Queue {
    return this.byName(url.slice(url.lastIndexOf('/') + 1));
  }

  byArn(arn: string): Queue | undefined {
    const queue = this.queues.get(arn.slice(arn.lastIndexOf(':') + 1));
    return queue?.arn === arn ? queue : undefined;
  }

  private add(name: string, attributes: AttributeTexts): Queue {
    const { region, accountId, clock, uuid } = this.options;
    const byArn = (arn: string) => this.byArn(arn);
    const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
    const queue = new Queue(name, `arn:aws:sqs:${region}:${accountId}:${name}`, url, attributes, { clock, uuid, byArn });
    this.queues.set(name, queue);
    return queue;
  }
}
