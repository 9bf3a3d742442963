import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../aws-service';

/** What optimised integrations of some services add to a result: the answer's headers, as far as there are any. */
export function withMetadata(output: JsonObject, contentType: string): JsonObject {
  const requestId = randomUUID();
  const headers = {
    connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(JSON.stringify(output))),
    'Content-Type': contentType,
    Date: new Date().toUTCString(),
    'x-amzn-RequestId': requestId,
  };
  return {
    ...output,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
