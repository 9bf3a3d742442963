import type { Json } from '../../engine/host';

/**
 * The messages that a function says it failed for: `{ batchItemFailures: [{ itemIdentifier }] }`. As Lambda has it,
 * nothing returned means that all went well, and an answer that names no message of the batch that none did.
 *
 * @throws Error where the whole batch failed
 */
export function failedItems(output: Json, ids: readonly string[]): ReadonlySet<string> {
  const { batchItemFailures: failures } = (output ?? {}) as { batchItemFailures?: Json };
  if (failures === undefined || failures === null) return new Set();
  const named = Array.isArray(failures)
    ? failures.map((failure) => (failure as { itemIdentifier?: Json })?.itemIdentifier)
    : [null];
  const unknown = named.find((id) => typeof id !== 'string' || !ids.includes(id));
  if (unknown !== undefined || named.includes(undefined)) {
    throw new Error(
      `batchItemFailures ${JSON.stringify(failures)} must be a list of { itemIdentifier: messageId } of this batch: all of it failed`,
    );
  }
  return new Set(named as string[]);
}
