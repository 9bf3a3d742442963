import type { HistoryEvent } from '../../engine';
import { covers, type Failure, UNKNOWN } from './failure';
import type { StateItems } from './state-items';

/** One stay in a state. */
interface Stay {
  readonly name: string;
  readonly type: string;
  /** The Parallel or Map around it. */
  readonly parent: Stay | undefined;
  /** How it, or what is inside it, failed; absent once that was dealt with. */
  failure?: Failure;
  /** A Parallel or Map whose failure is not retried. */
  gaveUp?: boolean;
  attempt?: { readonly timeoutInSeconds?: number; readonly startedAt: number };
}

interface Departure {
  readonly stay: Stay;
  readonly failure: Failure | undefined;
}

const ENTERED = /^(\w+)StateEntered$/;
const BLOCK = /^(Parallel|Map)State(Started|Succeeded|Failed)$/;
const ATTEMPT = /^(?:Task|Activity|LambdaFunction)(Scheduled|Started|Succeeded|Failed|TimedOut|\w+Failed)$/;

/** Follows the history of one execution through its definition, and tells of each item that it enters. */
export class HistoryReader {
  private readonly stayAt = new Map<number, Stay>();
  private readonly departures = new Map<number, Departure>();

  constructor(
    private readonly states: ReadonlyMap<string, StateItems>,
    private readonly entered: (kind: 'states' | 'branches' | 'retriers' | 'catchers', label: string) => void,
  ) {}

  read(history: readonly HistoryEvent[]): void {
    for (const event of history) {
      const type = ENTERED.exec(event.type)?.[1];
      const stay = type === undefined ? this.continue(event) : this.enter(event, type);
      if (stay) this.stayAt.set(event.id, stay);
    }
  }

  private enter({ previousEventId, details: { name = '' } }: HistoryEvent, type: string): Stay {
    const departure = this.departures.get(previousEventId);
    if (departure) this.depart(departure, name);
    const stay: Stay = { name, type, parent: this.around(previousEventId) };
    this.entered('states', name);
    // what a Fail state raises stands in no event but, for the whole execution, the last
    if (type === 'Fail') fail(stay, this.failureOfFail(name));
    return stay;
  }

  private continue(event: HistoryEvent): Stay | undefined {
    const { id, previousEventId, type, details } = event;
    const around = this.around(previousEventId);
    if (type.endsWith('StateExited')) {
      // the event before the exit of a failed Parallel or Map is one of a state inside it
      const stay = nearest(around, ({ name }) => name === details.name);
      if (!stay) return around;
      this.departures.set(id, { stay, failure: stay.failure });
      settle(stay);
      return stay;
    }
    const [, blockType, happened = ATTEMPT.exec(type)?.[1]] = BLOCK.exec(type) ?? [];
    const stay = blockType === undefined ? around : nearest(around, (each) => each.type === blockType && !each.gaveUp);
    if (!stay) return around;
    if (happened !== undefined) this.attempt(stay, happened, event, blockType !== undefined);
    else if (type === 'EvaluationFailed' || type === 'MapRunFailed') fail(stay, { known: true, error: details.error });
    return stay;
  }

  private attempt(stay: Stay, happened: string, { timestamp, details }: HistoryEvent, block: boolean): void {
    if (happened === 'Scheduled' || (block && happened === 'Started')) {
      this.retry(stay);
      stay.attempt = { timeoutInSeconds: details.timeoutInSeconds, startedAt: timestamp };
    } else if (happened === 'Started') {
      stay.attempt = { ...stay.attempt, startedAt: timestamp };
    } else if (happened === 'Succeeded') {
      settle(stay);
    } else if (block) {
      stay.gaveUp = true;
      stay.failure ??= UNKNOWN;
    } else {
      const alias = happened === 'TimedOut' && missedHeartbeat(stay, timestamp) ? 'States.HeartbeatTimeout' : undefined;
      fail(stay, { known: true, error: details.error, alias });
    }
  }

  private retry(stay: Stay): void {
    const { failure } = stay;
    if (!failure) return;
    settle(stay);
    const retriers = this.states.get(stay.name)?.retriers ?? [];
    const one = retriers.length === 1 ? retriers[0] : undefined;
    const retrier = failure.known ? retriers.find(({ errorEquals }) => covers(errorEquals, failure)) : one;
    if (retrier) this.entered('retriers', retrier.label);
  }

  private depart({ stay, failure: seen }: Departure, target: string): void {
    const state = this.states.get(stay.name);
    const branch = state?.branches.get(target);
    if (branch !== undefined) this.entered('branches', branch);
    // some failures of expressions leave no event: then it was caught where it leads elsewhere than Next
    const failure = seen ?? (target === state?.next ? undefined : UNKNOWN);
    if (!failure) return;
    const catcher = state?.catchers.find(
      ({ next, errorEquals }) => next === target && (!failure.known || covers(errorEquals, failure)),
    );
    if (catcher) this.entered('catchers', catcher.label);
  }

  private failureOfFail(name: string): Failure {
    const error = this.states.get(name)?.error;
    return error === undefined ? UNKNOWN : { known: true, error };
  }

  /** The state that an event behind the given one belongs to: behind an exit that is the one around it. */
  private around(eventId: number): Stay | undefined {
    const departure = this.departures.get(eventId);
    return departure ? departure.stay.parent : this.stayAt.get(eventId);
  }
}

function nearest(stay: Stay | undefined, wanted: (stay: Stay) => boolean): Stay | undefined {
  for (let each = stay; each; each = each.parent) if (wanted(each)) return each;
  return undefined;
}

/** A failure is also one of all that is around, unless it is dealt with before it gets there. */
function fail(stay: Stay, failure: Failure): void {
  for (let each: Stay | undefined = stay; each; each = each.parent) each.failure = failure;
}

function settle(stay: Stay): void {
  const { failure } = stay;
  for (let each: Stay | undefined = stay; each; each = each.parent) if (each.failure === failure) each.failure = undefined;
}

/** Both end as States.Timeout; a heartbeat is missed before the time of the whole attempt is over. */
function missedHeartbeat({ attempt }: Stay, timestamp: number): boolean {
  if (attempt?.timeoutInSeconds === undefined) return true;
  return timestamp - attempt.startedAt < attempt.timeoutInSeconds * 1000;
}
