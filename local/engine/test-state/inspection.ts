import type { StateFailure } from '../failures';
import type { Json } from '../host';
import type { Inspector } from '../inspector';
import type { ErrorDetails, InspectionData } from './request';

/** What the API shows as numbers. */
const LIMITS = new Set(['maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage']);

/** Keeps what is seen of a state, in the shape in which the API shows it. */
export class Inspection implements Inspector {
  /** The failure that a catcher took. */
  caught: StateFailure | undefined;
  /** Told when the state would now wait for its next attempt. */
  onRetry: (failure: StateFailure) => void = () => {};
  private readonly steps: Record<string, string | number> = {};
  private details: ErrorDetails = {};

  constructor(readonly retriesBefore: number) {}

  get data(): InspectionData {
    return { ...this.steps, ...(Object.keys(this.details).length > 0 && { errorDetails: this.details }) };
  }

  saw(step: string, value: Json): void {
    this.steps[step] = typeof value === 'number' && LIMITS.has(step) ? value : JSON.stringify(value);
  }

  retrying(failure: StateFailure, retryIndex: number, delay?: number): void {
    this.details = { retryIndex, ...(delay !== undefined && { retryBackoffIntervalSeconds: delay / 1000 }) };
    if (delay !== undefined) this.onRetry(failure);
  }

  catching(failure: StateFailure, catchIndex: number): void {
    this.caught = failure;
    this.details = { ...this.details, catchIndex };
  }
}
