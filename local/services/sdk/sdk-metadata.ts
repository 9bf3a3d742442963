import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../aws-service';

export interface HttpAnswer {
  readonly body: string;
  readonly contentType: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly requestId: string;
}

/** The traces of HTTP that integrations made for some services leave in a result. */
export function sdkMetadata({ body, contentType, date, requestId }: HttpAnswer): JsonObject {
  const headers = {
    connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(body)),
    'Content-Type': contentType,
    Date: new Date(date).toUTCString(),
    'x-amzn-RequestId': requestId,
  };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

const JSON_TYPE = 'application/x-amz-json-1.0';

export function jsonAnswer(output: unknown, date: number, requestId: string = randomUUID()): HttpAnswer {
  return { body: JSON.stringify(output), contentType: JSON_TYPE, date, requestId };
}
