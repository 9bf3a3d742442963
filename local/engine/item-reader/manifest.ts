import type { Json, ObjectStore } from '../host';
import { parseCsv } from './csv';

/** An object that a manifest names. */
export interface S3Address {
  readonly bucket: string;
  readonly key: string;
}

/** What of an S3 inventory's manifest.json is needed. */
interface Inventory {
  readonly destinationBucket: string;
  readonly fileFormat: string;
  readonly fileSchema: string;
  readonly files: readonly { readonly key: string }[];
}

/** Reads the rows of an S3 inventory: one for each object that it lists. */
export async function readInventory(objects: ObjectStore, manifest: string): Promise<Json[]> {
  const { destinationBucket, fileFormat, fileSchema, files } = JSON.parse(manifest) as Inventory;
  if (fileFormat !== 'CSV') throw new Error(`The format '${fileFormat}' of the S3 inventory is not supported by this engine`);
  const csv = { headers: fileSchema.split(',').map((name) => name.trim()), delimiter: ',' };
  const bucket = destinationBucket.replace(/^arn:[^:]+:s3:::/, '');
  const items: Json[] = [];
  for (const { key } of files) {
    for (const item of parseCsv(await objects.get(bucket, key), csv)) items.push(item);
  }
  return items;
}

/** Reads the addresses in a manifest that Athena wrote: one `s3://bucket/key` a line. */
export function athenaFiles(manifest: string): S3Address[] {
  const lines = manifest.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [, bucket, key] = /^"?s3:\/\/([^/]+)\/(.+?)"?$/.exec(line.trim()) ?? [];
    if (bucket === undefined) throw new Error(`The manifest has a line that is no S3 address: ${line}`);
    return { bucket, key };
  });
}
