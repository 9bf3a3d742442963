import { settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { StateFailure } from '../failures';
import type { Json } from '../host';
import type { State } from './state';
import { compileText } from './text-field';

/** Fails the branch, by a name and for a cause that may both be missing. */
export function compileFail(name: string, fields: Fields): State {
  const error = compileText(fields, 'Error');
  const cause = compileText(fields, 'Cause');
  return {
    name,
    type: 'Fail',
    *run(visit) {
      const errorName = yield* settled(error?.(visit.input, visit));
      const reason = yield* settled(cause?.(visit.input, visit));
      throw new StateFailure(text(errorName), text(reason));
    },
  };
}

function text(value: Json | undefined): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
