import type { Json } from '../../engine/host';
import type { JsonObject } from '../aws-service';
import { AwsError } from '../http/aws-error';
import { sqsError } from './errors';
import { list, text } from './request';

const MOST_ENTRIES = 10;
const ID = /^[A-Za-z0-9_-]{1,80}$/;

/** Does for each entry what the operation does for one: some may succeed while others fail. */
export function batch(input: JsonObject, one: (entry: JsonObject) => JsonObject): JsonObject {
  const entries = list(input, 'Entries').map((entry) => (entry ?? {}) as JsonObject);
  check(entries);
  const successful: Json[] = [];
  const failed: Json[] = [];
  for (const entry of entries) {
    const id = text(entry, 'Id');
    try {
      successful.push({ Id: id, ...one(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: id, SenderFault: true, Code: error.name, Message: error.message });
    }
  }
  return { Successful: successful, ...(failed.length > 0 && { Failed: failed }) };
}

function check(entries: readonly JsonObject[]): void {
  if (entries.length === 0) {
    throw sqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MOST_ENTRIES) {
    throw sqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map((entry) => text(entry, 'Id'));
  if (!ids.every((id) => ID.test(id))) {
    throw sqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw sqsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
}
