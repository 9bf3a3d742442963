import type { Revision } from './revision';

/** A revision under a number of its own, for good. */
export interface Version {
  readonly arn: string;
  readonly number: number;
  readonly description?: string;
  /** Milliseconds since the epoch. */
  readonly creationDate: number;
  readonly revision: Revision;
}
