import type { Message } from './message';

const WINDOW = 5 * 60_000;

/** What was sent to a FIFO queue within the last five minutes: the same once more is no message. */
export class Deduplication {
  /** In the order of time. */
  private readonly sent = new Map<string, Message>();

  find(key: string, now: number): Message | undefined {
    for (const [old, { sentAt }] of this.sent) {
      if (sentAt + WINDOW > now) break;
      this.sent.delete(old);
    }
    return this.sent.get(key);
  }

  remember(key: string, message: Message): void {
    this.sent.set(key, message);
  }
}
