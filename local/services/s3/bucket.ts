import { createHash } from 'node:crypto';
import { noSuchKey, s3Error } from './errors';

/** An object, as it was put. */
export interface S3Object {
  readonly key: string;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly contentType: string;
  /** `content-encoding` and the like, as they are given back. */
  readonly headers: { readonly [name: string]: string };
  readonly metadata: { readonly [name: string]: string };
}

export type PutRequest = Pick<S3Object, 'key' | 'body'> & Partial<Pick<S3Object, 'contentType' | 'headers' | 'metadata'>>;

export interface ListRequest {
  readonly prefix?: string;
  readonly delimiter?: string;
  /** Only what comes after it. */
  readonly after?: string;
  readonly maxKeys?: number;
}

export interface Listing {
  readonly objects: readonly S3Object[];
  readonly commonPrefixes: readonly string[];
  /** What comes next comes after it; undefined at the end. */
  readonly last?: string;
}

const LONGEST_KEY = 1024;
const LARGEST_PAGE = 1000;

/** A bucket without versions. */
export class Bucket {
  private readonly objects = new Map<string, S3Object>();

  constructor(
    readonly name: string,
    readonly createdAt: number,
  ) {}

  get isEmpty(): boolean {
    return this.objects.size === 0;
  }

  put(request: PutRequest, now: number): S3Object {
    const { key, body, contentType = 'binary/octet-stream', headers = {}, metadata = {} } = request;
    if (Buffer.byteLength(key) > LONGEST_KEY) throw s3Error('KeyTooLongError', 'Your key is too long');
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const object = { key, body, etag, lastModified: now, contentType, headers, metadata };
    this.objects.set(key, object);
    return object;
  }

  /** @throws AwsError NoSuchKey */
  get(key: string): S3Object {
    const object = this.objects.get(key);
    if (object === undefined) throw noSuchKey();
    return object;
  }

  /** A key that is not there is no error. */
  delete(key: string): void {
    this.objects.delete(key);
  }

  list({ prefix = '', delimiter, after = '', maxKeys = LARGEST_PAGE }: ListRequest): Listing {
    const objects: S3Object[] = [];
    const commonPrefixes: string[] = [];
    let last: string | undefined;
    for (const object of this.inOrder(prefix, after)) {
      const group = groupOf(object.key, prefix, delimiter);
      if (group !== undefined && (group === commonPrefixes.at(-1) || after.startsWith(group))) continue;
      if (objects.length + commonPrefixes.length >= Math.min(maxKeys, LARGEST_PAGE)) return { objects, commonPrefixes, last };
      if (group === undefined) objects.push(object);
      else commonPrefixes.push(group);
      last = group ?? object.key;
    }
    return { objects, commonPrefixes };
  }

  /** In the order of their UTF-8 bytes, as S3 lists them. */
  private inOrder(prefix: string, after: string): S3Object[] {
    return [...this.objects.values()]
      .filter(({ key }) => key.startsWith(prefix) && compare(key, after) > 0)
      .sort((a, b) => compare(a.key, b.key));
  }
}

/** What several keys begin with, up to the delimiter after the prefix. */
function groupOf(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (!delimiter) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
