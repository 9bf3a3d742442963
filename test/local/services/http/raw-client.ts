import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Of a body in JSON. */
  readonly body: { readonly [name: string]: unknown };
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string | number };
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
}

/** A client of nothing but HTTP, which sends what it is told to, sense or nonsense. */
export class RawClient {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly port: number) {}

  /** Calls an operation of Step Functions. */
  call(action: string, input: unknown, more: RawRequest = {}): Promise<Answer> {
    return this.send({
      ...more,
      body: JSON.stringify(input),
      headers: { 'x-amz-target': `AWSStepFunctions.${action}`, 'content-type': 'application/x-amz-json-1.0', ...more.headers },
    });
  }

  send({ method = 'POST', path = '/', headers = {}, body = '', signal }: RawRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const length = { 'content-length': Buffer.byteLength(body) };
      const options = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path, signal };
      const sent = request({ ...options, headers: { ...length, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const json = response.headers['content-type'] === 'application/x-amz-json-1.0';
          resolve({ status: response.statusCode!, headers: response.headers, text, body: json ? JSON.parse(text) : {} });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
