import fc from 'fast-check';
import type { Json } from '../../../../local/engine/host';
import type { JsonObject } from '../../../../local/services/aws-service';
import { AwsError } from '../../../../local/services/http/aws-error';
import { S3Service } from '../../../../local/services/s3/s3-service';

function serviceOf() {
  const created: string[] = [];
  const service = new S3Service({
    region: 'eu-west-1',
    clock: { now: () => Date.parse('2030-01-01T00:00:00Z') },
    onCreated: (bucket, { key }, reason) => created.push(`${reason} ${bucket}/${key}`),
  });
  service.create('orders');
  return { service, created };
}

test('what a Task state puts it gets, as text', async () => {
  const { service } = serviceOf();
  const put = await service.call('PutObject', {
    Bucket: 'orders',
    Key: 'a.json',
    Body: { b: 1 } as Json,
    ContentType: 'text/json',
  });
  expect(put.ETag).toMatch(/^"[0-9a-f]{32}"$/);
  expect(await service.call('GetObject', { Bucket: 'orders', Key: 'a.json' })).toMatchObject({
    Body: '{"b":1}',
    ContentLength: 7,
    ContentType: 'text/json',
    ETag: put.ETag,
    LastModified: '2030-01-01T00:00:00Z',
  });
});

test('what is put and copied is told of, and nothing else is', async () => {
  const { service, created } = serviceOf();
  await service.call('PutObject', { Bucket: 'orders', Key: 'a b', Body: '1' });
  await service.call('CopyObject', { Bucket: 'orders', Key: 'c', CopySource: 'orders/a%20b' });
  await service.call('GetObject', { Bucket: 'orders', Key: 'c' });
  await service.call('DeleteObject', { Bucket: 'orders', Key: 'c' });
  expect(created).toEqual(['PutObject orders/a b', 'CopyObject orders/c']);
});

test.each<[string, JsonObject, string, number]>([
  ['GetObject', { Bucket: 'orders', Key: 'none' }, 'NoSuchKey', 404],
  ['GetObject', { Bucket: 'none', Key: 'none' }, 'NoSuchBucket', 404],
  ['GetObject', { Bucket: 'orders', Key: 'a', VersionId: 'v' }, 'NotImplemented', 501],
  ['CreateMultipartUpload', { Bucket: 'orders', Key: 'a' }, 'NotImplemented', 501],
  ['CreateBucket', { Bucket: 'No' }, 'InvalidBucketName', 400],
  ['CopyObject', { Bucket: 'orders', Key: 'a', CopySource: 'orders' }, 'InvalidArgument', 400],
  ['CopyObject', { Bucket: 'orders', Key: 'a', CopySource: 'orders/%zz' }, 'InvalidURI', 400],
  ['ListObjectsV2', { Bucket: 'orders', MaxKeys: -1 }, 'InvalidArgument', 400],
])('%s of %j is refused with %s', async (operation, input, name, statusCode) => {
  const { service } = serviceOf();
  await expect(service.call(operation, input)).rejects.toMatchObject({ name, statusCode });
});

test('a bucket is deleted only when it is empty', async () => {
  const { service } = serviceOf();
  await service.call('PutObject', { Bucket: 'orders', Key: 'a' });
  await expect(service.call('DeleteBucket', { Bucket: 'orders' })).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  await service.call('DeleteObject', { Bucket: 'orders', Key: 'a' });
  await service.call('DeleteBucket', { Bucket: 'orders' });
  expect(await service.call('ListBuckets', {})).toEqual({ Buckets: [] });
});

const operation = fc.constantFrom(
  'PutObject',
  'GetObject',
  'CopyObject',
  'DeleteObjects',
  'ListObjectsV2',
  'CreateBucket',
  'toString',
);
const member = fc.constantFrom('Bucket', 'Key', 'Body', 'Metadata', 'CopySource', 'Delete', 'MaxKeys', 'Prefix', 'Delimiter');
const value = fc.oneof(fc.constantFrom('orders', 'orders/a', '%'), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<Json>;

test('any request is answered, or refused as AWS refuses', async () => {
  const { service } = serviceOf();
  await fc.assert(
    fc.asyncProperty(operation, fc.dictionary(member, value), async (name, members) => {
      const input = JSON.parse(JSON.stringify({ Bucket: 'orders', ...members })) as JsonObject;
      const refused = await service.call(name, input).then(
        () => undefined,
        (error) => error,
      );
      if (refused !== undefined) expect(refused).toBeInstanceOf(AwsError);
    }),
    { numRuns: 500 },
  );
});
