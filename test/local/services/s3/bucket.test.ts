import fc from 'fast-check';
import { Bucket } from '../../../../local/services/s3/bucket';

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '😀'), minLength: 1, maxLength: 5 });

function bucketOf(keys: readonly string[]): Bucket {
  const bucket = new Bucket('orders', 0);
  for (const one of keys) bucket.put({ key: one, body: Buffer.from(one) }, 0);
  return bucket;
}

test('pages list every key once, in the order of its bytes', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 12 }),
      fc.constantFrom('', 'a', 'a/'),
      fc.nat({ max: 4 }),
      (keys, prefix, more) => {
        const bucket = bucketOf(keys);
        const listed: string[] = [];
        let after: string | undefined;
        do {
          const page = bucket.list({ prefix, after, maxKeys: more + 1 });
          listed.push(...page.objects.map((object) => object.key));
          after = page.last;
        } while (after !== undefined);
        const expected = keys.filter((one) => one.startsWith(prefix));
        expect(listed).toEqual(expected.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      },
    ),
  );
});

test('pages by a delimiter list every common prefix once, and the keys that have none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 12 }), fc.nat({ max: 4 }), (keys, more) => {
      const bucket = bucketOf(keys);
      const objects: string[] = [];
      const prefixes: string[] = [];
      let after: string | undefined;
      do {
        const page = bucket.list({ delimiter: '/', after, maxKeys: more + 1 });
        objects.push(...page.objects.map((object) => object.key));
        prefixes.push(...page.commonPrefixes);
        after = page.last;
      } while (after !== undefined);
      expect(objects.sort()).toEqual(keys.filter((one) => !one.includes('/')).sort());
      const groups = keys.filter((one) => one.includes('/')).map((one) => one.slice(0, one.indexOf('/') + 1));
      expect(prefixes.sort()).toEqual([...new Set(groups)].sort());
    }),
  );
});

test('an ETag is the MD5 of the bytes, as S3 gives it for what was put in one piece', () => {
  const { etag } = new Bucket('orders', 0).put({ key: 'a', body: Buffer.from('hello') }, 0);
  expect(etag).toBe('"5d41402abc4b2a76b9719d911017c592"');
});

test('a key of more than 1,024 bytes is refused', () => {
  const bucket = new Bucket('orders', 0);
  expect(bucket.put({ key: 'a'.repeat(1024), body: Buffer.alloc(0) }, 0).key).toHaveLength(1024);
  expect(() => bucket.put({ key: 'é'.repeat(513), body: Buffer.alloc(0) }, 0)).toThrow(
    expect.objectContaining({ name: 'KeyTooLongError' }),
  );
});
