import type { Host } from '../host';

/** The request of the TestState API. Payloads are JSON texts, as they are there. */
export interface TestStateRequest {
  /** A state, or the machine that holds it: then `stateName` says which. */
  readonly definition: string;
  readonly stateName?: string;
  readonly input?: string;
  readonly variables?: string;
  readonly context?: string;
  readonly roleArn?: string;
  /** @default INFO */
  readonly inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  readonly revealSecrets?: boolean;
  readonly mock?: Mock;
  readonly stateConfiguration?: StateConfiguration;
}

/** What the state's task, branches or iterations are taken to have ended with. */
export interface Mock {
  readonly result?: string;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  /** How the result of a service is held against the service's model. @default STRICT */
  readonly fieldValidationMode?: FieldValidationMode;
}

export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/** What is taken to have happened before. */
export interface StateConfiguration {
  readonly retrierRetryCount?: number;
  readonly errorCausedByState?: string;
  readonly mapIterationFailureCount?: number;
  readonly mapItemReaderData?: string;
}

/** The response of the TestState API. */
export interface TestStateResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** Absent at the level INFO. */
  readonly inspectionData?: InspectionData;
}

/** Numbers stand for themselves; anything else is a JSON text. */
export type InspectionData = Readonly<Record<string, string | number | ErrorDetails>>;

export interface ErrorDetails {
  readonly catchIndex?: number;
  readonly retryIndex?: number;
  readonly retryBackoffIntervalSeconds?: number;
}

export interface TestStateOptions {
  /** Runs the task where no mock is given. Its clock tells the time; no wait is waited for. */
  readonly host: Host;
  /** @default us-east-1 */
  readonly region?: string;
  /** @default 123456789012 */
  readonly account?: string;
}
