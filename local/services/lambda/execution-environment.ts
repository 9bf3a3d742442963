import { exited, MAX_RESPONSE_BYTES, responseTooLarge, timedOut } from './function-errors';
import type { Host, HostExit, HostListener, HostMessage, InvokeMessage } from './host-protocol';

/** Lambda gives a module this long to load before the function's own timeout counts. */
const INIT_LIMIT_MS = 10_000;

export type Invocation = Omit<InvokeMessage, 'type' | 'deadline'>;

export interface HandlerOutcome {
  /** The body of Lambda's answer. */
  readonly text: string;
  readonly failed: boolean;
}

export interface EnvironmentSettings {
  readonly timeoutSeconds: number;
  readonly log: (line: { readonly requestId: string; readonly level?: string; readonly message: string }) => void;
  /** @default 10000 */
  readonly initLimitMs?: number;
}

/** One warm copy of a function: a host, its state kept between invocations, one invocation at a time. */
export class ExecutionEnvironment implements HostListener {
  private readonly host: Host;
  private ready = false;
  private usable = true;
  private timer?: NodeJS.Timeout;
  private current?: { readonly invocation: Invocation; readonly resolve: (outcome: HandlerOutcome) => void };

  constructor(
    start: (listener: HostListener) => Host,
    private readonly settings: EnvironmentSettings,
  ) {
    this.host = start(this);
    this.host.hold(false);
  }

  /** Whether it can serve another invocation. */
  get alive(): boolean {
    return this.usable;
  }

  invoke(invocation: Invocation): Promise<HandlerOutcome> {
    return new Promise((resolve) => {
      this.current = { invocation, resolve };
      this.host.hold(true);
      if (this.ready) {
        this.begin();
      } else {
        this.limit((this.settings.initLimitMs ?? INIT_LIMIT_MS) + this.settings.timeoutSeconds * 1000);
      }
    });
  }

  /** Ends it; an invocation under way ends as if its runtime was killed. */
  async stop(): Promise<void> {
    this.usable = false;
    await this.host.terminate();
    this.exit({ code: null, signal: 'SIGKILL' });
  }

  message(message: HostMessage): void {
    switch (message.type) {
      case 'ready':
        // said again, by a handler, it must not run the invocation twice
        if (!this.ready) {
          this.ready = true;
          if (this.current) {
            this.begin();
          }
        }
        return;
      case 'response':
        this.answer(message.requestId, message.text, false);
        return;
      case 'error':
        this.answer(message.requestId, message.text, true);
        return;
      case 'crash':
        this.usable = false;
        this.log(message.requestId, message.log, 'ERROR');
        this.fail(message.text);
        return;
      case 'kill':
        this.exit({ code: null, signal: message.signal });
        void this.host.terminate();
        return;
      case 'log':
        this.log(message.requestId, message.message, message.level);
    }
  }

  exit(exit: HostExit): void {
    this.usable = false;
    if (this.current) {
      this.settle({ text: exited(this.current.invocation.requestId, exit), failed: true });
    }
  }

  private log(requestId: string, message: string, level?: string): void {
    this.settings.log({ requestId: requestId || this.current?.invocation.requestId || '', level, message });
  }

  private begin(): void {
    const milliseconds = this.settings.timeoutSeconds * 1000;
    this.limit(milliseconds);
    this.host.send({ type: 'invoke', ...this.current!.invocation, deadline: Date.now() + milliseconds });
  }

  private limit(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => this.fail(timedOut(this.current!.invocation.requestId, this.settings.timeoutSeconds)),
      milliseconds,
    );
  }

  private answer(requestId: string, text: string, failed: boolean): void {
    if (this.current?.invocation.requestId !== requestId) {
      return;
    }
    this.settle(Buffer.byteLength(text) > MAX_RESPONSE_BYTES ? { text: responseTooLarge(), failed: true } : { text, failed });
  }

  private fail(text: string): void {
    this.usable = false;
    void this.host.terminate();
    if (this.current) {
      this.settle({ text, failed: true });
    }
  }

  private settle(outcome: HandlerOutcome): void {
    const { resolve } = this.current!;
    this.current = undefined;
    clearTimeout(this.timer);
    this.host.hold(false);
    resolve(outcome);
  }
}
