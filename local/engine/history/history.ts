import type { Clock } from '../host';
import type { EventDetails, HistoryEvent } from './events';

/** AWS ends a Standard execution that has recorded this many events. */
export const MAX_EVENTS = 25_000;

const NO_DETAILS: EventDetails = {};

/** What happened, in order. */
export class History {
  readonly events: HistoryEvent[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly onEvent?: (event: HistoryEvent) => void,
  ) {}

  record(type: string, previousEventId: number, details: EventDetails = NO_DETAILS): HistoryEvent {
    const event = { id: this.events.length + 1, previousEventId, timestamp: this.clock.now(), type, details };
    this.events.push(event);
    this.onEvent?.(event);
    return event;
  }
}
