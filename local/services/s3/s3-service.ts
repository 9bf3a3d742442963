import type { Json } from '../../engine/host';
import { asText } from '../as-text';
import type { AwsService, JsonObject } from '../aws-service';
import { Bucket, type S3Object } from './bucket';
import { decoded } from './decoded';
import { noSuchBucket, notHere, s3Error } from './errors';

export interface S3ServiceOptions {
  readonly region: string;
  readonly clock: { now(): number };
  /** Told of each object that was put or copied. */
  onCreated(bucket: string, object: S3Object, reason: 'PutObject' | 'CopyObject'): void;
}

type Operation = (input: JsonObject) => JsonObject;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** S3 in this process and in memory. Versions, multipart uploads, permissions and storage classes are refused by name. */
export class S3Service implements AwsService {
  readonly name = 's3';
  private readonly buckets = new Map<string, Bucket>();

  private readonly operations: { readonly [operation: string]: Operation } = {
    ListBuckets: () => ({
      Buckets: [...this.buckets.values()].map(({ name, createdAt }) => ({ Name: name, CreationDate: timeOf(createdAt) })),
    }),
    CreateBucket: (input) => ({ Location: `/${this.create(text(input, 'Bucket')).name}` }),
    HeadBucket: (input) => {
      this.bucket(text(input, 'Bucket'));
      return { BucketRegion: this.options.region };
    },
    GetBucketLocation: (input) => {
      this.bucket(text(input, 'Bucket'));
      return { LocationConstraint: this.options.region };
    },
    DeleteBucket: (input) => this.deleteBucket(text(input, 'Bucket')),
    PutObject: (input) => this.putObject(input),
    CopyObject: (input) => this.copyObject(input),
    GetObject: (input) => {
      const object = this.find(input);
      return { ...described(object), Body: object.body.toString() };
    },
    HeadObject: (input) => described(this.find(input)),
    DeleteObject: (input) => {
      this.bucket(text(input, 'Bucket')).delete(text(input, 'Key'));
      return {};
    },
    DeleteObjects: (input) => this.deleteObjects(input),
    ListObjectsV2: (input) => this.listObjects(input, optional(input, 'ContinuationToken') ?? optional(input, 'StartAfter')),
    ListObjects: (input) => this.listObjects(input, optional(input, 'Marker')),
  };

  constructor(private readonly options: S3ServiceOptions) {}

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    if (!Object.hasOwn(this.operations, operation)) throw notHere(`the operation ${operation}`);
    return this.operations[operation]!(input);
  }

  /** Makes a bucket that may be there already. */
  create(name: string): Bucket {
    if (!BUCKET_NAME.test(name)) throw s3Error('InvalidBucketName', `The specified bucket is not valid: '${name}'`);
    const bucket = this.buckets.get(name) ?? new Bucket(name, this.options.clock.now());
    this.buckets.set(name, bucket);
    return bucket;
  }

  /** @throws AwsError NoSuchBucket */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw noSuchBucket();
    return bucket;
  }

  /** Puts bytes. */
  put(bucketName: string, request: Parameters<Bucket['put']>[0], reason: 'PutObject' | 'CopyObject' = 'PutObject'): S3Object {
    const object = this.bucket(bucketName).put(request, this.options.clock.now());
    this.options.onCreated(bucketName, object, reason);
    return object;
  }

  private find(input: JsonObject): S3Object {
    if (optional(input, 'VersionId') !== undefined) throw notHere('VersionId');
    return this.bucket(text(input, 'Bucket')).get(text(input, 'Key'));
  }

  private putObject(input: JsonObject): JsonObject {
    const object = this.put(text(input, 'Bucket'), {
      key: text(input, 'Key'),
      body: Buffer.from(asText(input.Body ?? '')),
      contentType: optional(input, 'ContentType'),
      metadata: textsOf(input.Metadata),
    });
    return { ETag: object.etag, ...ENCRYPTED };
  }

  private copyObject(input: JsonObject): JsonObject {
    const [, from, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(text(input, 'CopySource'))) ?? [];
    if (from === undefined) {
      throw s3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
    }
    const copied = this.put(text(input, 'Bucket'), { ...this.bucket(from).get(key!), key: text(input, 'Key') }, 'CopyObject');
    return { CopyObjectResult: { ETag: copied.etag, LastModified: timeOf(copied.lastModified) }, ...ENCRYPTED };
  }

  private deleteBucket(name: string): JsonObject {
    if (!this.bucket(name).isEmpty) throw s3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    this.buckets.delete(name);
    return {};
  }

  private deleteObjects(input: JsonObject): JsonObject {
    const bucket = this.bucket(text(input, 'Bucket'));
    const { Objects: objects, Quiet: quiet } = objectOf(input.Delete);
    const keys = listOf(objects).map((one) => text(objectOf(one), 'Key'));
    for (const key of keys) bucket.delete(key);
    return quiet !== undefined && asText(quiet) === 'true' ? {} : { Deleted: keys.map((Key) => ({ Key })) };
  }

  private listObjects(input: JsonObject, after: string | undefined): JsonObject {
    const bucket = this.bucket(text(input, 'Bucket'));
    const prefix = optional(input, 'Prefix') ?? '';
    const delimiter = optional(input, 'Delimiter');
    const maxKeys = maxKeysOf(optional(input, 'MaxKeys') ?? '1000');
    const { objects, commonPrefixes, last } = bucket.list({ prefix, delimiter, after, maxKeys });
    return {
      Name: bucket.name,
      Prefix: prefix,
      ...(delimiter !== undefined && { Delimiter: delimiter }),
      MaxKeys: maxKeys,
      KeyCount: objects.length + commonPrefixes.length,
      IsTruncated: last !== undefined,
      ...(last !== undefined && { NextContinuationToken: last, NextMarker: last }),
      ...(objects.length > 0 && { Contents: objects.map(listed) }),
      ...(commonPrefixes.length > 0 && { CommonPrefixes: commonPrefixes.map((Prefix) => ({ Prefix })) }),
    };
  }
}

/** What S3 does with every object, and says. */
const ENCRYPTED = { ServerSideEncryption: 'AES256' } as const;

function described({ body, contentType, etag, lastModified, metadata }: S3Object): JsonObject {
  return {
    AcceptRanges: 'bytes',
    ContentLength: body.length,
    ContentType: contentType,
    ETag: etag,
    LastModified: timeOf(lastModified),
    Metadata: metadata,
    ...ENCRYPTED,
  };
}

function listed({ key, body, etag, lastModified }: S3Object): JsonObject {
  return { Key: key, LastModified: timeOf(lastModified), ETag: etag, Size: body.length, StorageClass: 'STANDARD' };
}

function timeOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** As S3 takes them: lists of up to 1,000, whatever is asked for. */
function maxKeysOf(given: string): number {
  if (!/^\d{1,9}$/.test(given)) {
    throw s3Error('InvalidArgument', `Provided max-keys not an integer or within integer range: '${given}'`);
  }
  return Number(given);
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function textsOf(value: Json | undefined): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([name, one]) => [name, asText(one)]));
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function optional(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  return value === undefined || value === null ? undefined : asText(value);
}

function text(input: JsonObject, member: string): string {
  const value = optional(input, member);
  if (value === undefined || value === '') throw s3Error('InvalidRequest', `the request needs ${member}`);
  return value;
}
