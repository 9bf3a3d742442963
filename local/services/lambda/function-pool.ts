import type { ExecutionEnvironment, HandlerOutcome, Invocation } from './execution-environment';
import { LambdaServiceError } from './service-error';

/** Threads or processes of one function at most; a laptop has no thousand of them. Further invocations wait for a free one. */
export const MAX_ENVIRONMENTS = 32;

/** The environments of one function: as many as it had invocations at once, kept warm afterwards. */
export class FunctionPool {
  private readonly environments = new Set<ExecutionEnvironment>();
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly waiting: Array<() => void> = [];
  private running = 0;
  private closed = false;

  constructor(
    private readonly start: () => ExecutionEnvironment,
    private readonly reservedConcurrency = Number.POSITIVE_INFINITY,
  ) {}

  async invoke(invocation: Invocation): Promise<HandlerOutcome> {
    if (this.running + this.waiting.length >= this.reservedConcurrency) {
      throw new LambdaServiceError('TooManyRequestsException', 429, 'Rate Exceeded.');
    }
    await this.enter();
    try {
      const environment = this.take();
      const outcome = await environment.invoke(invocation);
      this.giveBack(environment);
      return outcome;
    } finally {
      this.leave();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.environments].map((environment) => this.retire(environment)));
  }

  private async enter(): Promise<void> {
    if (this.running < MAX_ENVIRONMENTS) {
      this.running += 1;
    } else {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Hands the place on to the next in line, or gives it up. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) {
      next();
    } else {
      this.running -= 1;
    }
  }

  private take(): ExecutionEnvironment {
    if (this.closed) {
      throw new Error('the Lambda service is closed');
    }
    for (let environment = this.idle.pop(); environment; environment = this.idle.pop()) {
      if (environment.alive) {
        return environment;
      }
      void this.retire(environment); // it crashed while it was idle
    }
    const environment = this.start();
    this.environments.add(environment);
    return environment;
  }

  private giveBack(environment: ExecutionEnvironment): void {
    if (environment.alive) {
      this.idle.push(environment);
    } else {
      void this.retire(environment);
    }
  }

  private async retire(environment: ExecutionEnvironment): Promise<void> {
    await environment.stop();
    this.environments.delete(environment);
  }
}
