import type { Step } from '../control/scheduler';
import { type Eventual, settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { ErrorName, StateFailure } from '../failures';
import type { Json } from '../host';
import { byteLength } from '../json';
import type { Scope } from '../scope';
import { compileInteger } from '../states/number-field';
import type { Child } from './map-run';

/** Puts items together: each batch is the input of one child execution. */
export type ItemBatcher = (data: Json, scope: Scope) => Step<(items: readonly Json[]) => Child[]>;

/** AWS's limit of what an execution takes in. */
const MAX_INPUT_BYTES = 262_144;

export function compileItemBatcher(fields: Fields): ItemBatcher | undefined {
  const source = fields.object('ItemBatcher');
  if (source === undefined) return undefined;
  const batcher = fields.nested(source, 'ItemBatcher');
  const maxItems = compileInteger(batcher, 'MaxItemsPerBatch', 1);
  const maxBytes = compileInteger(batcher, 'MaxInputBytesPerBatch', 1);
  const batchInput = compileBatchInput(batcher);
  batcher.finish();
  return function* (data, scope) {
    const most = (yield* settled(maxItems?.(data, scope))) || Number.POSITIVE_INFINITY;
    const bytes = Math.min((yield* settled(maxBytes?.(data, scope))) || MAX_INPUT_BYTES, MAX_INPUT_BYTES);
    const shared = yield* settled(batchInput?.(data, scope));
    return (items) => batches(items, most, bytes, shared);
  };
}

function compileBatchInput(fields: Fields): ((data: Json, scope: Scope) => Eventual<Json>) | undefined {
  if (fields.language === 'JSONPath') return fields.payloadTemplate('BatchInput');
  const template = fields.jsonataTemplate('BatchInput');
  return template && ((input, scope) => template({ input }, scope));
}

function batches(items: readonly Json[], most: number, maxBytes: number, shared: Json | undefined): Child[] {
  const input = (batch: Json[]): Json => (shared === undefined ? { Items: batch } : { BatchInput: shared, Items: batch });
  const frame = byteLength(input([]));
  const children: Child[] = [];
  let batch: Json[] = [];
  let size = frame;
  const close = () => {
    if (batch.length > 0) children.push({ input: input(batch), items: batch.length });
    batch = [];
    size = frame;
  };
  for (const item of items) {
    const bytes = byteLength(item);
    if (frame + bytes > maxBytes) throw tooLarge(frame + bytes, maxBytes);
    const comma = batch.length === 0 ? 0 : 1;
    if (batch.length >= most || size + comma + bytes > maxBytes) close();
    size += bytes + (batch.length === 0 ? 0 : 1);
    batch.push(item);
  }
  close();
  return children;
}

function tooLarge(bytes: number, maxBytes: number): StateFailure {
  const reason = `A batch of one item takes ${bytes} bytes, more than the ${maxBytes} of MaxInputBytesPerBatch`;
  return new StateFailure(ErrorName.dataLimitExceeded, reason);
}
