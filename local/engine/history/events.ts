import type { Json } from '../host';
import type { JsonObject } from '../json';

/** What an event carries, by the names of AWS's event details; payloads are values here, JSON texts in the API. */
export interface EventDetails {
  readonly name?: string;
  readonly index?: number;
  readonly length?: number;
  readonly input?: Json;
  readonly output?: Json;
  readonly parameters?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly location?: string;
  readonly state?: string;
  readonly resource?: string;
  readonly resourceType?: string;
  readonly region?: string;
  readonly roleArn?: string;
  readonly workerName?: string;
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
  readonly mapRunArn?: string;
  readonly redriveCount?: number;
  readonly assignedVariables?: JsonObject;
  readonly taskCredentials?: { readonly roleArn: string };
}

export interface HistoryEvent {
  /** Counts from 1. */
  readonly id: number;
  /** The event that led to this one, in the same branch; 0 for the first. */
  readonly previousEventId: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly type: string;
  readonly details: EventDetails;
}
