import { parse } from 'csv-parse/sync';
import type { Json } from '../host';
import { type JsonObject, setKey } from '../json';
import type { CsvConfig } from './reader-config';

/** Reads rows as objects: a column too many is left out, one too few is empty. */
export function parseCsv(text: string, { headers, delimiter }: CsvConfig): Json[] {
  const rows: string[][] = parse(text, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const names = headers ?? rows.shift() ?? [];
  if (new Set(names).size < names.length) throw new Error('CSV headers cannot contain duplicates.');
  return rows.map((row) => {
    const item: JsonObject = {};
    for (const [i, name] of names.entries()) setKey(item, name, row[i] ?? '');
    return item;
  });
}
