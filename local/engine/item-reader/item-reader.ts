import type { Step } from '../control/scheduler';
import { settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { ErrorName, StateFailure } from '../failures';
import type { Json, ObjectStore, StoredObject } from '../host';
import { compileS3Target, textOf } from '../map-run/s3-target';
import type { Scope } from '../scope';
import { parseCsv } from './csv';
import { type Items, parseJson, parseJsonLines } from './json';
import { athenaFiles, readInventory, type S3Address } from './manifest';
import { compileReaderConfig, type ReaderConfig } from './reader-config';

/** What is read, and where it comes from as `$$.Map.Item.Source` has it. */
export interface Dataset extends Items {
  readonly source: string;
}

/** What the fields of this visit make of it: one object, or all under a prefix. */
interface Request extends S3Address {
  readonly versionId?: string;
  readonly lists: boolean;
}

/** Evaluates what to read; what it gives then reads it. */
export type ItemReader = (data: Json, scope: Scope) => Step<() => Promise<Dataset>>;

const RESOURCES = ['arn:aws:states:::s3:getObject', 'arn:aws:states:::s3:listObjectsV2'];

export function compileItemReader(fields: Fields): ItemReader | undefined {
  const source = fields.object('ItemReader');
  if (source === undefined) return undefined;
  const reader = fields.nested(source, 'ItemReader');
  reader.require('Resource');
  const resource = reader.string('Resource')?.replace(/^arn:[^:]+:/, 'arn:aws:') ?? RESOURCES[0];
  if (!RESOURCES.includes(resource)) {
    reader.complain(`The field 'Resource' should have one of these values: [${RESOURCES.join(', ')}]`, 'Resource');
  }
  const target = compileS3Target(reader);
  const config = compileReaderConfig(reader);
  reader.finish();
  const lists = resource === RESOURCES[1];
  return function* (data, scope) {
    const parameters = yield* settled(target(data, scope));
    const maxItems = yield* settled(config.maxItems?.(data, scope));
    const bucket = textOf(parameters, 'Bucket');
    const versionId = textOf(parameters, 'VersionId') || undefined;
    const key = textOf(parameters, lists ? 'Prefix' : 'Key');
    return () => read(scope.host.objects, { bucket, key, versionId, lists }, config, maxItems);
  };
}

async function read(objects: ObjectStore | undefined, request: Request, config: ReaderConfig, maxItems = 0): Promise<Dataset> {
  try {
    if (objects === undefined) throw new Error('ItemReader needs S3, and this engine was given no object store (Host.objects)');
    if (maxItems < 0) throw new Error('field MaxItems must be positive');
    const { bucket, key, lists } = request;
    const { items, keys } = lists ? await readListed(objects, request, config) : await readObject(objects, request, config);
    // by AWS's count 0 is no limit
    const source = lists && !config.flatten ? `S3://${bucket}` : `S3://${bucket}/${key}`;
    return { items: maxItems === 0 ? items : items.slice(0, maxItems), keys, source };
  } catch (error) {
    throw new StateFailure(ErrorName.itemReaderFailed, (error as Error).message);
  }
}

async function readListed(objects: ObjectStore, { bucket, key }: Request, config: ReaderConfig): Promise<Items> {
  const listed = await objects.list(bucket, key);
  if (!config.flatten) return { items: listed.map(listedItem) };
  return readAll(
    objects,
    listed.map((object) => ({ bucket, key: object.key })),
    config,
  );
}

/** Named as the recordings have it, `Etag` included. */
function listedItem({ etag, key, lastModified, size, storageClass = 'STANDARD' }: StoredObject): Json {
  return { Etag: etag, Key: key, LastModified: lastModified / 1000, Size: size, StorageClass: storageClass };
}

async function readObject(objects: ObjectStore, request: Request, config: ReaderConfig): Promise<Items> {
  const text = await objects.get(request.bucket, request.key, request.versionId);
  if (config.manifest === 'S3_INVENTORY') return { items: await readInventory(objects, text) };
  if (config.manifest === 'ATHENA_DATA') return readAll(objects, athenaFiles(text), config);
  return parseItems(text, config);
}

async function readAll(objects: ObjectStore, addresses: readonly S3Address[], config: ReaderConfig): Promise<Items> {
  const items: Json[] = [];
  for (const { bucket, key } of addresses) {
    for (const item of parseItems(await objects.get(bucket, key), config).items) items.push(item);
  }
  return { items };
}

function parseItems(text: string, { inputType, csv, itemsPointer }: ReaderConfig): Items {
  if (inputType === 'CSV') return { items: parseCsv(text, csv) };
  return inputType === 'JSONL' ? { items: parseJsonLines(text) } : parseJson(text, itemsPointer);
}
