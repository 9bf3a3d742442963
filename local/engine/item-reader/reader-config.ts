import type { Fields } from '../definition/fields';
import { compileNumber, type NumberField } from '../states/number-field';

/** How the data that ItemReader reads is written. */
export interface ReaderConfig {
  readonly inputType: 'CSV' | 'JSON' | 'JSONL' | 'MANIFEST';
  readonly csv: CsvConfig;
  /** Where in a JSON document the items are, as a JSON pointer. */
  readonly itemsPointer?: string;
  /** What a manifest lists, where the object is one. */
  readonly manifest?: 'S3_INVENTORY' | 'ATHENA_DATA';
  /** Whether the items are those in the listed objects, not the objects themselves. */
  readonly flatten: boolean;
  readonly maxItems?: NumberField;
}

export interface CsvConfig {
  /** Absent where the first row has the headers. */
  readonly headers?: readonly string[];
  readonly delimiter: string;
}

const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

/** As many items as AWS takes. */
const MOST_ITEMS = 100_000_000;

export function compileReaderConfig(reader: Fields): ReaderConfig {
  const fields = reader.nested(reader.object('ReaderConfig') ?? {}, 'ReaderConfig');
  const inputType = fields.oneOf('InputType', ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST']) ?? 'JSON';
  if (inputType === 'PARQUET') fields.refuse("ItemReader's InputType 'PARQUET'", 'InputType');
  const manifest = fields.oneOf('ManifestType', ['S3_INVENTORY', 'ATHENA_DATA']);
  const config: ReaderConfig = {
    inputType: inputType === 'PARQUET' ? 'JSON' : inputType,
    csv: compileCsv(fields, inputType === 'CSV'),
    itemsPointer: fields.string('ItemsPointer'),
    manifest: manifest ?? (inputType === 'MANIFEST' ? 'S3_INVENTORY' : undefined),
    flatten: fields.oneOf('Transformation', ['NONE', 'LOAD_AND_FLATTEN']) === 'LOAD_AND_FLATTEN',
    maxItems: compileNumber(fields, 'MaxItems', { noun: 'integer', least: 0, most: MOST_ITEMS }),
  };
  fields.finish();
  return config;
}

function compileCsv(fields: Fields, used: boolean): CsvConfig {
  const location = fields.oneOf('CSVHeaderLocation', ['FIRST_ROW', 'GIVEN']);
  if (used) fields.require('CSVHeaderLocation');
  const headers = fields.array('CSVHeaders')?.map(String);
  if (location === 'GIVEN') fields.require('CSVHeaders');
  const delimiter = fields.oneOf('CSVDelimiter', Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[]) ?? 'COMMA';
  return { headers: location === 'GIVEN' ? (headers ?? []) : undefined, delimiter: DELIMITERS[delimiter] };
}
