/** What an execution environment tells the host that runs the handler. */
export interface InvokeMessage {
  readonly type: 'invoke';
  readonly requestId: string;
  /** The event's JSON text. */
  readonly event: string;
  readonly invokedFunctionArn: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** JSON text. */
  readonly clientContext?: string;
}

/** What the host answers. `text` is what Lambda's runtime would send as the body. */
export type HostMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'response'; readonly requestId: string; readonly text: string }
  | { readonly type: 'error'; readonly requestId: string; readonly text: string }
  /** The host can serve no more: its module did not load, or an exception reached its event loop. */
  | { readonly type: 'crash'; readonly requestId: string; readonly text: string; readonly log: string }
  | { readonly type: 'log'; readonly requestId: string; readonly level?: string; readonly message: string }
  /** A thread cannot be signalled: it says which signal its handler sent to itself. */
  | { readonly type: 'kill'; readonly signal: string };

const FIELDS: { readonly [type in HostMessage['type']]: readonly string[] } = {
  ready: [],
  response: ['requestId', 'text'],
  error: ['requestId', 'text'],
  crash: ['requestId', 'text', 'log'],
  log: ['requestId', 'message'],
  kill: ['signal'],
};

/** A handler shares its host's channel, and can write anything to it. */
export function isHostMessage(value: unknown): value is HostMessage {
  const { type, level = '', ...fields } = (value ?? {}) as Record<string, unknown>;
  if (typeof type !== 'string' || typeof level !== 'string' || !Object.hasOwn(FIELDS, type)) {
    return false;
  }
  return FIELDS[type as HostMessage['type']].every((field) => typeof fields[field] === 'string');
}

/** How a host ended. */
export interface HostExit {
  readonly code: number | null;
  readonly signal?: string | null;
}

/** A thread or child process that runs one handler, one invocation at a time. */
export interface Host {
  send(message: InvokeMessage): void;
  /** While held, it keeps this process alive. */
  hold(held: boolean): void;
  terminate(): Promise<void>;
}

export interface HostListener {
  message(message: HostMessage): void;
  exit(exit: HostExit): void;
}

/** What the Node.js host is started with. */
export interface NodeHostData {
  readonly taskRoot: string;
  readonly handler: string;
  /** Of the runtime the function is deployed with, such as 22. */
  readonly runtimeMajor: number;
}
