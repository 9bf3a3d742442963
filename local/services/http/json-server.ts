import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpEndpoint } from './http-endpoint';
import { JsonEndpoint, type JsonEndpointOptions } from './json-endpoint';
import { isLocalHost, isLocalOrigin } from './local-request';

export interface JsonServerOptions extends JsonEndpointOptions {
  /**
   * How long a client may take to send a request, in milliseconds.
   *
   * @default 20000
   */
  readonly requestTimeout?: number;
  /**
   * Services that speak another protocol; the first that serves a request gets it.
   *
   * @default - none
   */
  readonly others?: readonly HttpEndpoint[];
}

const DEFAULT_REQUEST_TIMEOUT = 20_000;

/** Longer than clients keep theirs: a connection that both ends close at once fails a request. */
const KEEP_ALIVE_TIMEOUT = 65_000;

/** Serves AWS's protocols to programs on this machine, and to nobody else. */
export class JsonServer {
  private readonly endpoint: JsonEndpoint;
  private readonly others: readonly HttpEndpoint[];
  private readonly server: Server;

  constructor(options: JsonServerOptions) {
    this.endpoint = new JsonEndpoint(options);
    this.others = options.others ?? [];
    const requestTimeout = options.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT;
    const timeouts = {
      requestTimeout,
      headersTimeout: requestTimeout,
      connectionsCheckingInterval: Math.ceil(requestTimeout / 4),
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    };
    this.server = createServer(timeouts, (request, response) => this.route(request, response));
  }

  /** @param port 0 for any that is free */
  listen(port: number): Promise<{ readonly port: number; readonly url: string }> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        const bound = (this.server.address() as AddressInfo).port;
        resolve({ port: bound, url: `http://127.0.0.1:${bound}` });
      });
    });
  }

  /** Lets the process end while the server listens. */
  unref(): void {
    this.server.unref();
  }

  /** Ends all connections, those that wait for an answer included. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private route(request: IncomingMessage, response: ServerResponse): void {
    const { host, origin } = request.headers;
    if (!isLocalHost(host) || !isLocalOrigin(origin)) {
      refuse(response, 403, 'only programs on this machine are served');
      return;
    }
    const other = this.others.find((endpoint) => endpoint.serves(request));
    if (other !== undefined) {
      void other.handle(request, response);
    } else if (request.url !== '/' && !this.endpoint.servesAnyPath(request)) {
      refuse(response, 404, `there is nothing at ${request.url}; AWS's JSON protocol is spoken at /`);
    } else if (request.method !== 'POST') {
      refuse(response, 405, `use POST, not ${request.method}`, { allow: 'POST' });
    } else {
      void this.endpoint.handle(request, response);
    }
  }
}

function refuse(response: ServerResponse, status: number, reason: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close', ...headers });
  response.end(`${reason}\n`);
}
