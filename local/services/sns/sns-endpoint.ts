import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsService } from '../aws-service';
import { AwsError, internalFailure } from '../http/aws-error';
import type { HttpEndpoint } from '../http/http-endpoint';
import { readBody } from '../http/request-body';
import { signatureScope } from '../http/signature-scope';
import { readQuery, writeQueryError, writeQueryResult } from './query-protocol';

/** A message has 256 KB, and more in its form-encoded shape. */
const MAX_BODY_BYTES = 1_048_576;

export interface SnsEndpointOptions {
  /** The service of the region that a request is signed for. */
  find(region: string | undefined): AwsService | undefined;
  onFault(fault: unknown, action: string): void;
}

/** SNS over HTTP: AWS's query protocol. */
export class SnsEndpoint implements HttpEndpoint {
  constructor(private readonly options: SnsEndpointOptions) {}

  serves(request: IncomingMessage): boolean {
    return signatureScope(request)?.service === 'sns' && request.headers['x-amz-target'] === undefined;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    let action = '';
    try {
      const { operation, input } = readQuery(String(await readBody(request, MAX_BODY_BYTES)));
      action = operation;
      const service = this.options.find(signatureScope(request)?.region);
      if (service === undefined) throw new AwsError('InvalidAction', 'SNS is at another endpoint', 'com.amazonaws.sns');
      send(response, 200, writeQueryResult(operation, await service.call(operation, input), requestId));
    } catch (error) {
      if (response.destroyed) return;
      if (!(error instanceof AwsError)) this.options.onFault(error, action);
      const shown = error instanceof AwsError ? error : internalFailure();
      if (shown.statusCode === 413) response.shouldKeepAlive = false;
      send(response, shown.statusCode, writeQueryError(shown, requestId));
    }
  }
}

function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml) });
  response.end(xml);
}
