import fc from 'fast-check';
import { readChunks } from '../../../../local/services/s3/chunked-body';

const CRLF = '\r\n';

/** As an SDK sends it. */
function chunked(chunks: readonly Uint8Array[], extension: string, trailer: string): Buffer {
  const sent = [...chunks.filter(({ length }) => length > 0), new Uint8Array()].map((chunk) => [
    Buffer.from(`${chunk.length.toString(16)}${extension}${CRLF}`),
    chunk,
    Buffer.from(chunk.length > 0 ? CRLF : trailer),
  ]);
  return Buffer.concat(sent.flat());
}

const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
const extension = fc.constantFrom('', `;chunk-signature=${'0'.repeat(64)}`);
const trailer = fc.constantFrom(CRLF, `x-amz-checksum-crc32:AAAAAA==${CRLF}${CRLF}`);

test('chunks are put together, whatever bytes are in them', () => {
  fc.assert(
    fc.property(chunks, extension, trailer, (sent, signature, end) => {
      expect(readChunks(chunked(sent, signature, end))).toEqual(Buffer.concat(sent));
    }),
  );
});

test('a body that ends within a chunk is refused', () => {
  const body = chunked([Buffer.from('four')], '', CRLF);
  for (let length = 0; length < body.indexOf('0\r\n') + 1; length++) {
    expect(() => readChunks(body.subarray(0, length))).toThrow(expect.objectContaining({ name: 'IncompleteBody' }));
  }
});
