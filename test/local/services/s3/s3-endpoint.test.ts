import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  NoSuchBucket,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { servingS3 } from './serving';

const Bucket = 'orders';

let serve: Awaited<ReturnType<typeof servingS3>>;
let s3: S3Client;

beforeEach(async () => {
  serve = await servingS3();
  s3 = new S3Client({
    endpoint: serve.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(async () => {
  s3.destroy();
  await serve.close();
  expect(serve.faults).toEqual([]);
});

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const read = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();

test('buckets are made, found, listed and deleted', async () => {
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([{ Name: Bucket, CreationDate: expect.any(Date) }]);
  expect((await s3.send(new HeadBucketCommand({ Bucket }))).$metadata.httpStatusCode).toBe(200);
  await s3.send(new DeleteBucketCommand({ Bucket }));
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
});

test('the region of a bucket is told', async () => {
  const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
  expect(LocationConstraint).toBe('eu-west-1');
});

test('an object comes back with its bytes, type, metadata and ETag', async () => {
  const Body = Buffer.from([0, 255, 13, 10, 128]);
  const { ETag } = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'a/b c+é.bin',
      Body,
      ContentType: 'image/png',
      CacheControl: 'no-store',
      Metadata: { by: 'anna' },
    }),
  );
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b c+é.bin' }));
  expect(Buffer.from(await got.Body!.transformToByteArray())).toEqual(Body);
  expect(got).toMatchObject({
    ETag,
    ContentType: 'image/png',
    CacheControl: 'no-store',
    ContentLength: 5,
    Metadata: { by: 'anna' },
  });
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/b c+é.bin' }));
  expect(head).toMatchObject({ ETag, ContentLength: 5, Metadata: { by: 'anna' } });
  expect(head.LastModified).toBeInstanceOf(Date);
});

test('a part of an object is read, and one behind its end refused', async () => {
  await put('a', 'hello world');
  const part = async (Range: string) => {
    const { Body, ContentRange } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', Range }));
    return [await Body!.transformToString(), ContentRange];
  };
  expect(await part('bytes=6-')).toEqual(['world', 'bytes 6-10/11']);
  expect(await part('bytes=0-4')).toEqual(['hello', 'bytes 0-4/11']);
  expect(await part('bytes=-3')).toEqual(['rld', 'bytes 8-10/11']);
  await expect(part('bytes=11-')).rejects.toMatchObject({ name: 'InvalidRange' });
});

test('an object is copied with its metadata', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: '1', Metadata: { by: 'anna' } }));
  const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/a%20b` }));
  expect(CopyObjectResult!.ETag).toMatch(/^"[0-9a-f]{32}"$/);
  expect(await read('c')).toBe('1');
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'c' }))).Metadata).toEqual({ by: 'anna' });
});

test('objects are listed page by page, names with markup in them too', async () => {
  const keys = ['<&>"', 'a', 'b', 'c/1', 'c/2'];
  for (const key of keys) await put(key, key);
  const listed: (string | undefined)[] = [];
  let pages = 0;
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) {
    listed.push(...page.Contents!.map(({ Key }) => Key));
    pages++;
  }
  expect(listed).toEqual(keys);
  expect(pages).toBe(3);
  const byFolder = await paginateListObjectsV2({ client: s3 }, { Bucket, Delimiter: '/', Prefix: 'c' }).next();
  expect(byFolder.value).toMatchObject({ KeyCount: 1, CommonPrefixes: [{ Prefix: 'c/' }] });
});

test('objects are deleted, one and several, there or not', async () => {
  for (const key of ['a', 'b&', 'c']) await put(key, key);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  const { Deleted } = await s3.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b&' }, { Key: 'c' }, { Key: 'none' }] } }),
  );
  expect(Deleted).toEqual([{ Key: 'b&' }, { Key: 'c' }, { Key: 'none' }]);
  expect(serve.service.bucket(Bucket).isEmpty).toBe(true);
});

test('what is not there is refused with the classes of the client', async () => {
  await expect(read('none')).rejects.toBeInstanceOf(NoSuchKey);
  const elsewhere = s3.send(new PutObjectCommand({ Bucket: 'none', Key: 'a', Body: '1' }));
  await expect(elsewhere).rejects.toMatchObject({ name: NoSuchBucket.name, message: 'The specified bucket does not exist' });
});

test('what is not emulated is refused by name', async () => {
  const conditional = s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '1', IfNoneMatch: '*' }));
  await expect(conditional).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining("a write with 'if-none-match'"),
  });
  expect(serve.service.bucket(Bucket).isEmpty).toBe(true);
});
