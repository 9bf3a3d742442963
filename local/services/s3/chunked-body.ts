import { s3Error } from './errors';

/**
 * The content of a body that an SDK sends in signed or summed chunks: `<hexadecimal size>[;chunk-signature=…]\r\n<bytes>\r\n`,
 * ended by one of size 0, and perhaps trailers. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function readChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = end < 0 ? Number.NaN : Number.parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (!(size >= 0) || end + 2 + size > body.length) {
      throw s3Error('IncompleteBody', 'The request body terminated unexpectedly');
    }
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
