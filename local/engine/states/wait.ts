import { settled, until } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileFlow } from './flow';
import { compileNext } from './next';
import { leadsTo, type State } from './state';
import { compileWakeTime } from './wait-time';

/** Waits for some seconds, or until a point in time. */
export function compileWait(name: string, fields: Fields): State {
  const flow = compileFlow(fields);
  const wakeTime = compileWakeTime(fields);
  const next = compileNext(fields);
  return {
    name,
    type: 'Wait',
    *run(visit) {
      const { clock } = visit.host;
      const at = yield* settled(wakeTime(flow.select(visit.input, visit), visit));
      if (at > clock.now()) yield* until(clock, at);
      return leadsTo(yield* settled(flow.passOn(visit.input, visit)), next);
    },
  };
}
