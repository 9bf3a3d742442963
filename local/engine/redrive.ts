import type { MachineType } from './definition/fields';
import type { ExecutionStatus } from './execution';

export interface Redrivability {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  /** Present where it cannot be redriven. */
  readonly redriveStatusReason?: string;
}

/** What decides whether an execution can be redriven. */
interface Candidate {
  readonly type: MachineType;
  readonly status: ExecutionStatus;
  /** How many events its history has. */
  readonly events: number;
  /** How many it may have. */
  readonly limit: number;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly mapRunArn?: string;
}

const DAY = 86_400_000;
/** How long after its end AWS redrives an execution. */
const REDRIVABLE_PERIOD = 14 * DAY;
/** How long AWS keeps an execution open. */
const MAX_OPEN_TIME = 365 * DAY;

/** An execution that RedriveExecution refuses. */
export class ExecutionNotRedrivable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ExecutionNotRedrivable';
  }
}

/** Says as DescribeExecution does whether an execution can be redriven; nothing for Express, which AWS says nothing about. */
export function redrivability(candidate: Candidate, now: number): Redrivability | undefined {
  if (candidate.type === 'EXPRESS') return undefined;
  const reason = obstacle(candidate, now);
  if (reason !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
  return { redriveStatus: candidate.mapRunArn === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}

function obstacle({ status, events, limit, startDate, stopDate = startDate }: Candidate, now: number): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (events >= limit - 1) return 'Execution history event limit exceeded';
  if (now - startDate > MAX_OPEN_TIME) return 'Execution has exceeded the max execution time';
  if (now - stopDate > REDRIVABLE_PERIOD) return 'Execution redrivable period exceeded';
  return undefined;
}
