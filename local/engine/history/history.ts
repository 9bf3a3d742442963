import type { Clock } from '../host';
import type { EventDetails, HistoryEvent } from './events';

const NO_DETAILS: EventDetails = {};

/** What happened, in order. */
export class History {
  readonly events: HistoryEvent[] = [];

  /** @param limit how many events there may be, the last of them included */
  constructor(
    private readonly clock: Clock,
    readonly limit: number,
    private readonly onEvent?: (event: HistoryEvent) => void,
  ) {}

  /** Whether only the event that ends the execution has room. */
  get full(): boolean {
    return this.events.length >= this.limit - 1;
  }

  record(type: string, previousEventId: number, details: EventDetails = NO_DETAILS): HistoryEvent {
    const event = { id: this.events.length + 1, previousEventId, timestamp: this.clock.now(), type, details };
    this.events.push(event);
    this.onEvent?.(event);
    return event;
  }
}
