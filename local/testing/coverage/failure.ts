/** How a state failed, as far as a history tells. */
export interface Failure {
  /** Whether the history tells the name; an error may also have none. */
  readonly known: boolean;
  readonly error?: string;
  /** A second name that Retry and Catch know it by. */
  readonly alias?: string;
}

export const UNKNOWN: Failure = { known: false };

/** Whether ErrorEquals covers a failure whose name is known. */
export function covers(errorEquals: readonly string[], { error, alias }: Failure): boolean {
  return errorEquals.some(
    (name) =>
      name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout') || name === error || name === alias,
  );
}
