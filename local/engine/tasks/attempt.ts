import type { Suspension } from '../control/scheduler';
import { runtimeFailure } from '../failures';
import type { Host, TaskOutcome, TaskRequest } from '../host';

/** How an attempt ended; `timedOut` where nothing came in time. */
export type AttemptOutcome = TaskOutcome | { readonly timedOut: true };

/** Runs a task until the host has its outcome, or its time is over. */
export function attempt(host: Host, request: Omit<TaskRequest, 'signal'>, timeoutSeconds: number | undefined): Suspension {
  return ({ resume, fail }) => {
    const abort = new AbortController();
    let cancelTimeout = () => {};
    const end = (outcome: AttemptOutcome) => {
      cancelTimeout();
      resume(outcome);
    };
    const fault = (error: unknown) => {
      cancelTimeout();
      fail(runtimeFailure(`The task could not be run: ${error instanceof Error ? error.message : String(error)}`));
    };
    if (timeoutSeconds !== undefined) {
      cancelTimeout = host.clock.schedule(host.clock.now() + timeoutSeconds * 1000, () => {
        abort.abort();
        resume({ timedOut: true });
      });
    }
    try {
      const outcome = host.runTask({ ...request, signal: abort.signal });
      if ('then' in outcome) outcome.then(end, fault);
      else end(outcome);
    } catch (error) {
      fault(error);
    }
    return () => {
      cancelTimeout();
      abort.abort();
    };
  };
}
