import type { IncomingMessage, ServerResponse } from 'node:http';

/** A service's own way of being spoken to over HTTP. */
export interface HttpEndpoint {
  /** Whether a request is meant for it, by its head. */
  serves(request: IncomingMessage): boolean;
  /** Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
