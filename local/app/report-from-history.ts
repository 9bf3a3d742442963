import type { EventDetails, HistoryEvent } from '../engine';
import type { Json } from '../engine/host';
import type { FailedAttempt, StateVisit } from './execution-report';

/** A visit while its events are still being read. */
interface OpenVisit {
  /** The Parallel or Map around it. */
  readonly parent: OpenVisit | undefined;
  readonly name: string;
  readonly type: string;
  readonly input: Json;
  output?: Json;
  readonly enteredAt: number;
  exitedAt?: number;
  readonly failures: Writable<FailedAttempt>[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Attempts end so where they do not succeed: TaskFailed, LambdaFunctionTimedOut, ActivityScheduleFailed … */
const FAILED_ATTEMPT = /^(Task|Activity|LambdaFunction)(Failed|TimedOut|StartFailed|SubmitFailed|ScheduleFailed)$/;
const SCHEDULED = /^(Task|Activity|LambdaFunction)Scheduled$/;
const ENTERED = /^(\w+)StateEntered$/;
const EXITED = /StateExited$/;

/**
 * The visits of an execution in the order they began. Each event names the one before it in its branch, so that the
 * events of parallel branches find the visit they belong to.
 */
export function visitsOf(history: readonly HistoryEvent[]): StateVisit[] {
  const visits: OpenVisit[] = [];
  const visitAt = new Map<number, OpenVisit>();
  /** What an event behind the given one belongs to: behind an exit that is the state around it. */
  const visitBehind = (eventId: number) => {
    const visit = visitAt.get(eventId);
    return visit?.exitedAt === undefined ? visit : visit.parent;
  };
  for (const { id, previousEventId, timestamp, type, details } of history) {
    const around = visitBehind(previousEventId);
    const entered = ENTERED.exec(type);
    if (entered) {
      const { name = '', input = null } = details;
      const visit = { parent: around, name, type: entered[1]!, input, enteredAt: timestamp, failures: [] };
      visits.push(visit);
      visitAt.set(id, visit);
    } else if (around) {
      visitAt.set(id, around);
      record(around, type, timestamp, details);
    }
  }
  return visits.map(({ parent: _, ...visit }) => visit);
}

function record(visit: OpenVisit, type: string, timestamp: number, { error, cause, output }: EventDetails): void {
  const failure = visit.failures.at(-1);
  if (SCHEDULED.test(type)) {
    if (failure) failure.retriedAfter = timestamp - failure.at;
  } else if (FAILED_ATTEMPT.test(type)) {
    visit.failures.push({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }), at: timestamp });
  } else if (EXITED.test(type)) {
    visit.exitedAt = timestamp;
    visit.output = output ?? null;
  }
}
