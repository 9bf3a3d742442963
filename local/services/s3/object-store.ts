import { gunzipSync } from 'node:zlib';
import type { ObjectStore, StoredObject } from '../../engine/host';
import type { AwsService, JsonObject } from '../aws-service';
import { S3Service } from './s3-service';

/** S3 as a distributed Map reads and writes it, emulated or elsewhere. */
export class S3ObjectStore implements ObjectStore {
  constructor(private readonly service: AwsService) {}

  async list(bucket: string, prefix: string): Promise<readonly StoredObject[]> {
    const objects: StoredObject[] = [];
    let token: JsonObject = {};
    do {
      const page = await this.service.call('ListObjectsV2', { Bucket: bucket, Prefix: prefix, ...token });
      for (const object of (page.Contents ?? []) as JsonObject[]) objects.push(stored(object));
      token = page.NextContinuationToken === undefined ? {} : { ContinuationToken: page.NextContinuationToken };
    } while ('ContinuationToken' in token);
    return objects;
  }

  async get(bucket: string, key: string, versionId?: string): Promise<string> {
    if (this.service instanceof S3Service && versionId === undefined) {
      return unpacked(this.service.bucket(bucket).get(key).body);
    }
    const version: JsonObject = versionId === undefined ? {} : { VersionId: versionId };
    return String((await this.service.call('GetObject', { Bucket: bucket, Key: key, ...version })).Body);
  }

  async put(bucket: string, key: string, body: string): Promise<void> {
    await this.service.call('PutObject', { Bucket: bucket, Key: key, Body: body });
  }
}

function stored({ Key, Size, ETag, LastModified, StorageClass }: JsonObject): StoredObject {
  return {
    key: String(Key),
    size: Number(Size),
    etag: String(ETag),
    lastModified: Date.parse(String(LastModified)),
    storageClass: StorageClass === undefined ? undefined : String(StorageClass),
  };
}

/** S3 inventories are packed with gzip, which begins with these bytes. */
function unpacked(body: Buffer): string {
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString();
}
