import type { Step } from '../control/scheduler';
import { settled, until } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import type { StateFailure } from '../failures';
import { leadsTo, type Transition } from '../states/state';
import type { Visit } from '../visit';
import { compileCatch } from './catch';
import { isFatal } from './matching';
import { compileRetry } from './retry';

/** Runs attempts of a state until one succeeds, or Retry gives up and Catch takes over. */
export type Guard = (visit: Visit, attempt: (visit: Visit) => Step<Transition>) => Step<Transition>;

/**
 * Compiles Retry and Catch.
 * @param onGivenUp told when a failure is not retried, before Catch sees it
 */
export function compileGuard(fields: Fields, onGivenUp?: (visit: Visit) => void): Guard {
  const retriers = compileRetry(fields);
  const catchers = compileCatch(fields);

  return function* guard(visit, attempt) {
    const { inspector } = visit;
    const retries = retriers.map(() => inspector?.retriesBefore ?? 0);
    for (visit.retryCount = 0; ; visit.retryCount++) {
      try {
        return yield* attempt(visit);
      } catch (error) {
        const failure = visit.failureOf(error);
        if (isFatal(failure)) throw failure;
        const i = retriers.findIndex(({ matches }) => matches(failure));
        if (i === -1) return yield* giveUp(visit, failure);
        if (retries[i] >= retriers[i].maxAttempts) {
          inspector?.retrying(failure, i);
          return yield* giveUp(visit, failure);
        }
        const delay = retriers[i].delay(retries[i]++, () => visit.host.random());
        inspector?.retrying(failure, i, delay);
        yield* until(visit.host.clock, visit.host.clock.now() + delay);
      }
    }
  };

  function* giveUp(visit: Visit, failure: StateFailure): Step<Transition> {
    const i = catchers.findIndex(({ matches }) => matches(failure));
    const { lastEventId } = visit.branch;
    onGivenUp?.(visit);
    if (i === -1) throw failure;
    const catcher = catchers[i];
    visit.inspector?.catching(failure, i);
    try {
      return leadsTo(yield* settled(catcher.finish(visit.input, failure, visit)), catcher.next);
    } catch (error) {
      // the catcher itself failed: by AWS's count that goes back to before the state had failed, which then fails again
      visit.branch.lastEventId = lastEventId;
      const second = visit.failureOf(error);
      if (!isFatal(second)) onGivenUp?.(visit);
      throw second;
    }
  }
}
