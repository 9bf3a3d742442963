import type { Fields } from '../definition/fields';

/** Reads Next or End; undefined means that the branch ends here. */
export function compileNext(fields: Fields): string | undefined {
  const next = fields.string('Next');
  const end = fields.boolean('End');
  if ((next === undefined) === (end !== true)) fields.complain('Exactly one of these fields is required: [Next, End]');
  return next;
}
