import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, internalFailure, serializationError, unknownOperation } from './aws-error';
import type { JsonService } from './json-service';
import { readBody } from './request-body';
import { ResponseCaller } from './response-caller';

export interface JsonEndpointOptions {
  readonly services: readonly JsonService[];
  /** Told of each fault of the program; the client learns that there was one, and no more. */
  readonly onFault: (fault: unknown, action: string) => void;
  /**
   * What a request's body may take.
   *
   * @default - 1 MiB, as Step Functions has it
   */
  readonly maxBodyBytes?: number;
}

const DEFAULT_MAX_BODY_BYTES = 1_048_576;

const CONTENT_TYPE = 'application/x-amz-json-1.0';

/** Speaks AWS's JSON protocol for services, one request at a time. */
export class JsonEndpoint {
  private readonly services: ReadonlyMap<string, JsonService>;
  private readonly maxBodyBytes: number;

  constructor(private readonly options: JsonEndpointOptions) {
    this.services = new Map(options.services.map((service) => [service.target, service]));
    this.maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  }

  servesAnyPath(request: IncomingMessage): boolean {
    return this.serviceOf(request)?.anyPath === true;
  }

  /** Answers a request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const service = this.serviceOf(request);
      const body = await readBody(request, service?.maxBodyBytes ?? this.maxBodyBytes);
      if (service === undefined) throw unknownOperation();
      const output = await service.handle(actionOf(request), parse(body), new ResponseCaller(response));
      send(response, 200, JSON.stringify(output), {});
    } catch (error) {
      // nobody is left to tell
      if (!response.destroyed) this.refuse(response, error, String(request.headers['x-amz-target']));
    }
  }

  private serviceOf(request: IncomingMessage): JsonService | undefined {
    const target = targetOf(request);
    return this.services.get(target.slice(0, target.indexOf('.')));
  }

  private refuse(response: ServerResponse, error: unknown, action: string): void {
    if (!(error instanceof AwsError)) this.options.onFault(error, action);
    const { name, type, message, statusCode } = error instanceof AwsError ? error : internalFailure();
    const body = JSON.stringify({ __type: type, ...(message !== '' && { message }) });
    // what is still to come of a body that is too large is not waited for
    if (statusCode === 413) response.shouldKeepAlive = false;
    send(response, statusCode, body, { 'x-amzn-errortype': name });
  }
}

function targetOf({ headers }: IncomingMessage): string {
  return String(headers['x-amz-target'] ?? '');
}

function actionOf(request: IncomingMessage): string {
  const target = targetOf(request);
  return target.slice(target.indexOf('.') + 1);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw serializationError('');
  }
}

function send(response: ServerResponse, status: number, body: string, headers: { readonly [name: string]: string }): void {
  response.writeHead(status, {
    'content-type': CONTENT_TYPE,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  response.end(body);
}
