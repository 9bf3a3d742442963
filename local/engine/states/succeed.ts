import { settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileFlow } from './flow';
import type { State } from './state';

/** Ends the branch successfully. */
export function compileSucceed(name: string, fields: Fields): State {
  const flow = compileFlow(fields, { assign: false });
  return {
    name,
    type: 'Succeed',
    *run(visit) {
      return yield* settled(flow.passOn(visit.input, visit));
    },
  };
}
