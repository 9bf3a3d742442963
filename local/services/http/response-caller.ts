import type { ServerResponse } from 'node:http';
import type { Caller } from './json-service';
import { signatureScope } from './signature-scope';

/** The client of a response: gone once its connection closed before all of the response was handed to it. */
export class ResponseCaller implements Caller {
  private controller: AbortController | undefined;

  constructor(private readonly response: ServerResponse) {}

  get host(): string | undefined {
    return this.response.req.headers.host;
  }

  get region(): string | undefined {
    return signatureScope(this.response.req)?.region;
  }

  /** Made when somebody asks for it: most answers are given at once. */
  get signal(): AbortSignal {
    this.controller ??= this.watch();
    return this.controller.signal;
  }

  private watch(): AbortController {
    const controller = new AbortController();
    if (this.response.destroyed) controller.abort();
    this.response.on('close', () => {
      if (!this.response.writableFinished) controller.abort();
    });
    return controller;
  }
}
