import { createHash } from 'node:crypto';
import type { Clock } from '../../engine/host';
import { Deduplication } from './deduplication';
import { invalidValue, missing, sqsError } from './errors';
import type { Draft, Message, ReceivedMessage } from './message';
import { type AttributeTexts, QueueAttributes } from './queue-attributes';
import { readReceiptHandle, receiptHandle } from './receipt-handle';
import { Waiting } from './waiting';

export interface QueueContext {
  readonly clock: Clock;
  uuid(): string;
  /** The queue that messages go to which were received too often. */
  byArn(arn: string): Queue | undefined;
}

export interface ReceiveOptions {
  readonly max: number;
  /** In seconds. @default - the queue's */
  readonly visibilityTimeout?: number;
  /** How long to wait for a first message, in seconds. @default - the queue's */
  readonly waitSeconds?: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/** One queue: its messages in the order they were sent. What time does to them is found out when somebody looks. */
export class Queue {
  readonly attributes: QueueAttributes;
  readonly createdAt: number;
  private messages: Message[] = [];
  private sequence = 0n;
  private readonly deduplication = new Deduplication();
  private readonly waiting: Waiting;

  constructor(
    readonly name: string,
    readonly arn: string,
    readonly url: string,
    attributes: AttributeTexts,
    private readonly context: QueueContext,
  ) {
    this.attributes = new QueueAttributes(attributes);
    this.waiting = new Waiting(context.clock);
    this.createdAt = this.now;
  }

  send(draft: Draft): Readonly<Message> {
    const { isFifo } = this.attributes;
    if (isFifo && draft.groupId === undefined) throw missing('MessageGroupId');
    if (isFifo && draft.delaySeconds !== undefined) {
      throw invalidValue(
        'DelaySeconds',
        draft.delaySeconds,
        'The request include parameter that is not valid for this queue type.',
      );
    }
    const key = isFifo ? this.deduplicationKey(draft) : undefined;
    const before = key === undefined ? undefined : this.deduplication.find(key, this.now);
    if (before !== undefined) return before;
    const { delaySeconds = this.attributes.number('DelaySeconds'), attributes = {}, ...same } = draft;
    const message: Message = {
      ...same,
      id: this.context.uuid(),
      attributes,
      sentAt: this.now,
      ...(isFifo && { sequenceNumber: this.nextSequenceNumber(), deduplicationId: this.deduplicationId(draft) }),
      visibleAt: this.now + delaySeconds * 1000,
      receiveCount: 0,
    };
    if (key !== undefined) this.deduplication.remember(key, message);
    this.add(message);
    return message;
  }

  async receive({ max, visibilityTimeout, waitSeconds, signal }: ReceiveOptions): Promise<ReceivedMessage[]> {
    const end = this.now + (waitSeconds ?? this.attributes.number('ReceiveMessageWaitTimeSeconds')) * 1000;
    for (;;) {
      if (signal?.aborted) return [];
      const received = this.take(max, visibilityTimeout ?? this.attributes.number('VisibilityTimeout'));
      if (received.length > 0 || this.now >= end) return received;
      await this.waiting.until(Math.min(end, this.nextChange()), signal);
    }
  }

  /** A message that is gone, or that was received again since, is left alone. */
  delete(handle: string): void {
    const { messageId, receiveCount } = readReceiptHandle(handle);
    const message = this.messages.find(({ id }) => id === messageId);
    if (message?.receiveCount !== receiveCount) return;
    if (this.attributes.isFifo && !this.isInFlight(message)) {
      throw invalidValue('ReceiptHandle', handle, 'The receipt handle has expired.');
    }
    this.messages = this.messages.filter((other) => other !== message);
    // the next of its group
    this.waiting.wake();
  }

  changeVisibility(handle: string, seconds: number): void {
    const { messageId, receiveCount } = readReceiptHandle(handle);
    const message = this.messages.find((one) => one.id === messageId && one.receiveCount === receiveCount);
    if (message === undefined || !this.isInFlight(message)) {
      throw sqsError('MessageNotInflight', `The message referred to by the receipt handle is not in flight: ${handle}`);
    }
    message.visibleAt = this.now + seconds * 1000;
    this.waiting.wake();
  }

  purge(): void {
    this.messages = [];
  }

  /** How many messages can be received, are being worked on, and are not visible yet. */
  get counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    this.dropExpired();
    const inFlight = this.messages.filter((message) => this.isInFlight(message)).length;
    const visible = this.messages.filter(({ visibleAt }) => visibleAt <= this.now).length;
    return { visible, inFlight, delayed: this.messages.length - visible - inFlight };
  }

  private get now(): number {
    return this.context.clock.now();
  }

  private add(message: Message): void {
    this.messages.push(message);
    this.waiting.wake();
  }

  private take(max: number, visibilityTimeout: number): ReceivedMessage[] {
    this.dropExpired();
    this.moveDeadLetters();
    const locked = this.lockedGroups();
    const taken = this.messages
      .filter(({ visibleAt, groupId }) => visibleAt <= this.now && !(this.attributes.isFifo && locked.has(groupId)))
      .slice(0, max);
    return taken.map((message) => {
      message.receiveCount++;
      message.firstReceivedAt ??= this.now;
      message.visibleAt = this.now + visibilityTimeout * 1000;
      return { message: { ...message }, receiptHandle: receiptHandle(message) };
    });
  }

  /** Of a FIFO queue, those with a message that somebody works on: the next waits for it. */
  private lockedGroups(): ReadonlySet<string | undefined> {
    return new Set(this.messages.filter((message) => this.isInFlight(message)).map(({ groupId }) => groupId));
  }

  private moveDeadLetters(): void {
    const { redrivePolicy } = this.attributes;
    if (redrivePolicy === undefined) return;
    const target = this.context.byArn(redrivePolicy.deadLetterTargetArn);
    if (target === undefined) return;
    const isDead = ({ visibleAt, receiveCount }: Message) =>
      visibleAt <= this.now && receiveCount >= redrivePolicy.maxReceiveCount;
    const dead = this.messages.filter(isDead);
    this.messages = this.messages.filter((message) => !isDead(message));
    for (const message of dead) target.add({ ...message, receiveCount: 0, deadLetterSourceArn: this.arn });
  }

  private dropExpired(): void {
    const oldest = this.now - this.attributes.number('MessageRetentionPeriod') * 1000;
    this.messages = this.messages.filter(({ sentAt }) => sentAt > oldest);
  }

  private isInFlight({ receiveCount, visibleAt }: Message): boolean {
    return receiveCount > 0 && visibleAt > this.now;
  }

  /** When a message becomes visible; Infinity where time alone changes nothing. */
  private nextChange(): number {
    const times = this.messages.map(({ visibleAt }) => visibleAt).filter((at) => at > this.now);
    return times.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
  }

  private deduplicationKey(draft: Draft): string {
    const id = this.deduplicationId(draft);
    return this.attributes.deduplicatesByGroup ? JSON.stringify([draft.groupId, id]) : id;
  }

  private deduplicationId({ deduplicationId, body }: Draft): string {
    if (deduplicationId !== undefined) return deduplicationId;
    if (this.attributes.deduplicatesByContent) return createHash('sha256').update(body).digest('hex');
    throw sqsError(
      'InvalidParameterValue',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }

  private nextSequenceNumber(): string {
    return String(18_850_000_000_000_000_000n + this.sequence++ * 256n);
  }
}
