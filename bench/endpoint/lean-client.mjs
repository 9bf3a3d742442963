import { Agent, request } from 'node:http';

/** A moto server tells by the signature which service is meant; nobody checks it. */
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0';

/** Speaks AWS's JSON protocol over connections that are kept, and does nothing besides. */
export class LeanClient {
  #port;
  #agent;

  constructor(port, connections) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, noDelay: true });
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  call(action, input) {
    return this.post('/', input, {
      authorization: AUTHORIZATION,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${action}`,
    });
  }

  /** The answer to a JSON text; rejects unless it is a success. */
  post(path, input, headers = {}) {
    const body = JSON.stringify(input);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          path,
          method: 'POST',
          agent: this.#agent,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if (response.statusCode < 300) resolve(JSON.parse(text));
            else reject(new Error(`${headers['x-amz-target'] ?? path}: ${response.statusCode} ${text.slice(0, 200)}`));
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}
