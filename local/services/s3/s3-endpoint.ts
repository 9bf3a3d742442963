import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../aws-service';
import { AwsError, internalFailure } from '../http/aws-error';
import type { HttpEndpoint } from '../http/http-endpoint';
import { readBody } from '../http/request-body';
import { signatureScope } from '../http/signature-scope';
import type { S3Object } from './bucket';
import { readChunks } from './chunked-body';
import { decoded } from './decoded';
import { notHere, s3Error } from './errors';
import type { S3Service } from './s3-service';
import { readDelete, writeErrorXml, writeXml } from './s3-xml';

/** Objects are kept in memory. */
const MAX_BODY_BYTES = 128 * 2 ** 20;

/** Given back as they came. */
const KEPT_HEADERS = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'];

/** Query parameters that belong to the signature or say nothing. */
const NO_OPERATION =
  /^x-amz-|^x-id$|^(prefix|delimiter|marker|max-keys|continuation-token|start-after|fetch-owner|encoding-type|list-type)$/i;

export interface S3EndpointOptions {
  /** The service of the region that a request is signed for. */
  find(region: string | undefined): S3Service | undefined;
  onFault(fault: unknown, action: string): void;
}

interface Request {
  readonly service: S3Service;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  body(): Promise<Buffer>;
}

interface Answer {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Buffer | string;
}

/** S3 over HTTP: its REST protocol, with the bucket in the path or before `localhost`. */
export class S3Endpoint implements HttpEndpoint {
  constructor(private readonly options: S3EndpointOptions) {}

  serves(request: IncomingMessage): boolean {
    return signatureScope(request)?.service === 's3';
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      send(response, await answer(this.read(request)));
    } catch (error) {
      if (response.destroyed) return;
      if (!(error instanceof AwsError)) this.options.onFault(error, `${request.method} of S3`);
      const { name, message, statusCode } = error instanceof AwsError ? error : internalFailure();
      if (statusCode === 413) response.shouldKeepAlive = false;
      const body = writeErrorXml({ Code: name, Message: message, RequestId: randomUUID() });
      send(response, { status: statusCode, headers: { 'content-type': 'application/xml' }, body });
    }
  }

  private read(request: IncomingMessage): Request {
    const service = this.options.find(signatureScope(request)?.region);
    if (service === undefined) throw notHere('S3, which the user says is elsewhere,');
    const { pathname, searchParams: query } = new URL(`http://local${request.url}`);
    const [, ofHost] = /^(.+)\.localhost(?::\d+)?$/i.exec(request.headers.host ?? '') ?? [];
    const path = decoded(pathname).slice(1);
    const [bucket = '', ...key] = ofHost === undefined ? path.split('/') : [ofHost, path];
    const { method = '', headers } = request;
    return { service, method, headers, bucket, key: key.join('/'), query, body: () => bodyOf(request) };
  }
}

async function answer(request: Request): Promise<Answer> {
  const { method, bucket, key, query } = request;
  const asked = [...query.keys()].find((name) => !NO_OPERATION.test(name));
  if (bucket === '') return method === 'GET' ? xml(request, 'ListBuckets', 'ListAllMyBucketsResult', {}) : refused(request);
  if (asked !== undefined) return answerOther(request, asked);
  switch (`${method} ${key === '' ? 'bucket' : 'object'}`) {
    case 'PUT bucket':
      await request.service.call('CreateBucket', { Bucket: bucket });
      return { headers: { location: `/${bucket}` } };
    case 'HEAD bucket':
      await request.service.call('HeadBucket', { Bucket: bucket });
      return {};
    case 'DELETE bucket':
      await request.service.call('DeleteBucket', { Bucket: bucket });
      return { status: 204 };
    case 'GET bucket':
      return list(request);
    case 'PUT object':
      return request.headers['x-amz-copy-source'] === undefined ? put(request) : copy(request);
    case 'GET object':
      return get(request);
    case 'HEAD object': {
      const object = request.service.bucket(bucket).get(key);
      return { headers: { ...headersOf(object), 'content-length': String(object.body.length) } };
    }
    case 'DELETE object':
      request.service.bucket(bucket).delete(key);
      return { status: 204 };
  }
  return refused(request);
}

async function answerOther(request: Request, asked: string): Promise<Answer> {
  const { method, bucket, key } = request;
  if (key === '' && method === 'GET' && asked === 'location')
    return xml(request, 'GetBucketLocation', 'LocationConstraint', { Bucket: bucket });
  if (key === '' && method === 'POST' && asked === 'delete') {
    const Delete = readDelete((await request.body()).toString());
    return xml(request, 'DeleteObjects', 'DeleteResult', { Bucket: bucket, Delete });
  }
  throw notHere(`${method} with '${asked}'`);
}

function refused({ method }: Request): never {
  throw s3Error('MethodNotAllowed', `The specified method is not allowed against this resource: ${method}`, 405);
}

async function xml({ service }: Request, operation: string, root: string, input: JsonObject): Promise<Answer> {
  const output = await service.call(operation, input);
  return { headers: { 'content-type': 'application/xml' }, body: writeXml(root, output) };
}

function list(request: Request): Promise<Answer> {
  const { bucket, query } = request;
  const members = {
    Bucket: bucket,
    Prefix: query.get('prefix'),
    Delimiter: query.get('delimiter'),
    Marker: query.get('marker'),
    MaxKeys: query.get('max-keys'),
    ContinuationToken: query.get('continuation-token'),
    StartAfter: query.get('start-after'),
  };
  return xml(request, query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects', 'ListBucketResult', members);
}

async function put(request: Request): Promise<Answer> {
  const { service, bucket, key, headers } = request;
  const conditional = ['if-match', 'if-none-match'].find((name) => headers[name] !== undefined);
  if (conditional !== undefined) throw notHere(`a write with '${conditional}'`);
  // first, so that a body for nowhere is not read
  service.bucket(bucket);
  const { etag } = service.put(bucket, {
    key,
    body: await request.body(),
    contentType: headers['content-type'],
    headers: keptHeaders(headers),
    metadata: metadataOf(headers),
  });
  return { headers: { etag, 'x-amz-server-side-encryption': 'AES256' } };
}

function copy(request: Request): Promise<Answer> {
  const { bucket, key, headers } = request;
  const source = String(headers['x-amz-copy-source']);
  if (String(headers['x-amz-metadata-directive'] ?? 'COPY').toUpperCase() !== 'COPY') throw notHere('a copy with other metadata');
  return copied(request, { Bucket: bucket, Key: key, CopySource: source });
}

async function copied({ service }: Request, input: JsonObject): Promise<Answer> {
  const { CopyObjectResult } = await service.call('CopyObject', input);
  return { headers: { 'content-type': 'application/xml' }, body: writeXml('CopyObjectResult', CopyObjectResult as JsonObject) };
}

function get({ service, bucket, key, headers }: Request): Answer {
  const object = service.bucket(bucket).get(key);
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '');
  if (range === null) return { headers: headersOf(object), body: object.body };
  const { length } = object.body;
  const [, first = '', final = ''] = range;
  const start = first === '' ? Math.max(0, length - Number(final)) : Number(first);
  const end = first === '' || final === '' ? length - 1 : Math.min(Number(final), length - 1);
  if (start > end) throw s3Error('InvalidRange', 'The requested range is not satisfiable', 416);
  return {
    status: 206,
    headers: { ...headersOf(object), 'content-range': `bytes ${start}-${end}/${length}` },
    body: object.body.subarray(start, end + 1),
  };
}

function headersOf({ etag, contentType, lastModified, headers, metadata }: S3Object): { [name: string]: string } {
  return {
    ...headers,
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    'accept-ranges': 'bytes',
    'content-type': contentType,
    etag,
    'last-modified': new Date(lastModified).toUTCString(),
    'x-amz-server-side-encryption': 'AES256',
  };
}

function keptHeaders(headers: IncomingHttpHeaders): { [name: string]: string } {
  const kept = KEPT_HEADERS.flatMap((name) => {
    // how the body was sent is nothing of the object
    const value = String(headers[name] ?? '')
      .replace(/(^|,)\s*aws-chunked\s*(,|$)/, '$1')
      .replace(/,\s*$/, '');
    return value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(kept);
}

function metadataOf(headers: IncomingHttpHeaders): { [name: string]: string } {
  const given = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return Object.fromEntries(given.map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)]));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const sent = String(request.headers['x-amz-content-sha256'] ?? '');
  return sent.startsWith('STREAMING-') ? readChunks(body) : body;
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  // what a Task state gave as metadata need not fit into a header
  const safe = Object.entries(headers).map(([name, value]) => [name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')]);
  response.writeHead(status, { 'x-amz-request-id': randomUUID(), ...length, ...Object.fromEntries(safe) });
  response.end(body);
}
