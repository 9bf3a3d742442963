import { ErrorName, StateFailure } from './failures';
import type { Json } from './host';
import { exceedsBytes } from './json';

/** What a task or a state may put out: 256 KB of JSON text. */
const MAX_BYTES = 262_144;

export function exceedsPayloadLimit(value: Json): boolean {
  return exceedsBytes(value, MAX_BYTES);
}

/** @param what the name of a state, the ARN of a function or the type of a service */
export function dataLimitExceeded(what: string): StateFailure {
  return new StateFailure(
    ErrorName.dataLimitExceeded,
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
