import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../engine/host';
import { environmentVariables } from './environment-variables';
import { ExecutionEnvironment, type Invocation } from './execution-environment';
import { DEFAULT_MEMORY_SIZE, DEFAULT_TIMEOUT_SECONDS, type FunctionConfig, type LogLine } from './function-config';
import { functionNotFound, parseFunctionName } from './function-name';
import { FunctionPool } from './function-pool';
import type { HostListener } from './host-protocol';
import { startNodeWorker } from './node-worker';
import { findPython, startPythonProcess } from './python-process';
import { LambdaServiceError, UnsupportedFunctionError } from './service-error';
import { unsupportedFunction } from './unsupported-function';

/** Lambda's limits for the body of a request, synchronous and asynchronous. */
const MAX_REQUEST_BYTES = { RequestResponse: 6_291_456, Event: 1_048_576 };

/** Of its base64 text. */
const MAX_CLIENT_CONTEXT_BYTES = 3583;

export interface LambdaServiceOptions {
  readonly region: string;
  readonly accountId: string;
  readonly functions: readonly FunctionConfig[];
  /**
   * Completes a function before it first runs, such as with variables that are not known at load.
   *
   * @default - functions are complete
   */
  readonly prepare?: (config: FunctionConfig) => Promise<FunctionConfig>;
  readonly onLog?: (line: LogLine) => void;
  /** Where node-host.js and python-host.py lie. @default - beside this module */
  readonly hostDirectory?: string;
}

export interface InvokeRequest {
  /** A name, an ARN, either with a qualifier, or `account:function:name`. */
  readonly functionName: string;
  readonly payload: Json;
  /** Base64 of a JSON text. */
  readonly clientContext?: string;
  /** `Event` returns at once; unlike Lambda it does not retry a failure. @default RequestResponse */
  readonly invocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  /** Ends the wait, with the signal's reason. The handler runs on, as it would in AWS. */
  readonly signal?: AbortSignal;
}

export interface InvokeResult {
  readonly requestId: string;
  readonly statusCode: 200 | 202 | 204;
  /** The payload parsed; its text where it is no JSON. */
  readonly payload: Json;
  /** The payload as the runtime wrote it. */
  readonly payloadText: string;
  readonly functionError?: 'Unhandled';
  readonly executedVersion?: '$LATEST';
  readonly logs: readonly LogLine[];
}

/**
 * Runs the app's functions on this machine: Node.js in worker threads, Python in child processes, started when first invoked.
 *
 * A thread shares what belongs to its process, which differs from Lambda: `Date` is in this machine's time zone,
 * not in UTC; relative paths given to `fs` start at the process's working directory, not at the function's code, where
 * `process.cwd()` and `path.resolve` say it is; `process.chdir` throws; `/proc/self` shows the process, its environment included.
 */
export class LambdaService {
  private readonly functions: ReadonlyMap<string, FunctionConfig>;
  private readonly pools = new Map<string, FunctionPool>();
  private readonly reasons = new Map<FunctionConfig, string | undefined>();
  private readonly sinks = new Map<string, LogLine[]>();
  private readonly inlineFolders: string[] = [];
  private closed = false;

  constructor(private readonly options: LambdaServiceOptions) {
    this.functions = new Map(options.functions.map((config) => [config.name, config]));
  }

  /** The function so named, if the app has it. */
  find(functionName: string): FunctionConfig | undefined {
    const { name, region, accountId } = parseFunctionName(functionName) ?? {};
    const here =
      (region ?? this.options.region) === this.options.region && (accountId ?? this.options.accountId) === this.options.accountId;
    return here && name !== undefined ? this.functions.get(name) : undefined;
  }

  /** Why this machine cannot run a function, and the way out; undefined if it can. */
  unsupported(config: FunctionConfig): string | undefined {
    // it asks the file system, once
    if (!this.reasons.has(config)) {
      this.reasons.set(config, unsupportedFunction(config));
    }
    return this.reasons.get(config);
  }

  /** Rejects with LambdaServiceError or UnsupportedFunctionError; an error of the function itself is a result. */
  async invoke(request: InvokeRequest): Promise<InvokeResult> {
    if (this.closed) {
      throw new Error('the Lambda service is closed');
    }
    const config = this.resolve(request.functionName);
    const type = request.invocationType ?? 'RequestResponse';
    const requestId = randomUUID();
    if (type === 'DryRun') {
      return { requestId, statusCode: 204, payload: '', payloadText: '', executedVersion: '$LATEST', logs: [] };
    }
    const event = JSON.stringify(request.payload);
    if (Buffer.byteLength(event) > MAX_REQUEST_BYTES[type]) {
      throw new LambdaServiceError(
        'RequestEntityTooLargeException',
        413,
        `Request must be smaller than ${MAX_REQUEST_BYTES[type]} bytes for the InvokeFunction operation`,
      );
    }
    const clientContext = decodeClientContext(request.clientContext);
    request.signal?.throwIfAborted();
    const result = this.run(config, request.functionName, { requestId, event, clientContext });
    if (type === 'Event') {
      result.catch((error) =>
        this.options.onLog?.({ functionName: config.name, requestId, level: 'ERROR', message: String(error) }),
      );
      return { requestId, statusCode: 202, payload: '', payloadText: '', logs: [] };
    }
    return abandonable(result, request.signal);
  }

  /** Ends every thread and child process. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
    for (const folder of this.inlineFolders.splice(0)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private resolve(functionName: string): FunctionConfig {
    const config = this.find(functionName);
    if (config === undefined) {
      throw functionNotFound(functionName, this.options);
    }
    const reason = this.unsupported(config);
    if (reason !== undefined) {
      throw new UnsupportedFunctionError(reason);
    }
    return config;
  }

  private async run(
    config: FunctionConfig,
    functionName: string,
    invocation: Omit<Invocation, 'invokedFunctionArn'>,
  ): Promise<InvokeResult> {
    const { requestId } = invocation;
    const logs: LogLine[] = [];
    this.sinks.set(requestId, logs);
    try {
      const pool = this.pools.get(config.name) ?? this.pool((await this.options.prepare?.(config)) ?? config);
      const { text, failed } = await pool.invoke({
        ...invocation,
        invokedFunctionArn: functionName.startsWith('arn:') ? functionName : config.arn,
      });
      const base = {
        requestId,
        statusCode: 200,
        payload: parse(text),
        payloadText: text,
        executedVersion: '$LATEST',
        logs,
      } as const;
      return failed ? { ...base, functionError: 'Unhandled' } : base;
    } finally {
      this.sinks.delete(requestId);
    }
  }

  private pool(config: FunctionConfig): FunctionPool {
    let pool = this.pools.get(config.name);
    if (pool === undefined) {
      const taskRoot = this.taskRoot(config);
      pool = new FunctionPool(() => this.start(config, taskRoot), config.reservedConcurrency);
      this.pools.set(config.name, pool);
    }
    return pool;
  }

  private start(config: FunctionConfig, taskRoot: string): ExecutionEnvironment {
    const hosts = this.options.hostDirectory ?? __dirname;
    const environment = environmentVariables(config, { region: this.options.region, taskRoot, logStreamName: logStreamName() });
    const start = (listener: HostListener) =>
      config.runtime.startsWith('python')
        ? startPythonProcess({ python: findPython()!, hostFile: join(hosts, 'python-host.py'), taskRoot, environment }, listener)
        : startNodeWorker(
            {
              hostFile: join(hosts, 'node-host.js'),
              taskRoot,
              handler: config.handler,
              runtimeMajor: Number.parseInt(config.runtime.slice('nodejs'.length), 10),
              environment,
              memorySize: config.memorySize ?? DEFAULT_MEMORY_SIZE,
            },
            listener,
          );
    return new ExecutionEnvironment(start, {
      timeoutSeconds: config.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      log: ({ requestId, level, message }) => this.log({ functionName: config.name, requestId, level, message }),
    });
  }

  private log(line: LogLine): void {
    this.sinks.get(line.requestId)?.push(line);
    this.options.onLog?.(line);
  }

  /** The folder of an asset; for inline code one with the file that Lambda makes of it. */
  private taskRoot(config: FunctionConfig): string {
    if ('directory' in config.code) {
      return config.code.directory;
    }
    const folder = mkdtempSync(join(tmpdir(), 'inline-function-'));
    this.inlineFolders.push(folder);
    writeFileSync(join(folder, config.runtime.startsWith('python') ? 'index.py' : 'index.js'), config.code.inline);
    return folder;
  }
}

function decodeClientContext(base64: string | undefined): string | undefined {
  if (base64 === undefined) {
    return undefined;
  }
  if (Buffer.byteLength(base64) > MAX_CLIENT_CONTEXT_BYTES) {
    throw new LambdaServiceError(
      'InvalidRequestContentException',
      400,
      `Client context must be at most ${MAX_CLIENT_CONTEXT_BYTES} bytes of Base64, got ${Buffer.byteLength(base64)}; send the rest in the payload`,
    );
  }
  const text = Buffer.from(base64, 'base64').toString();
  try {
    JSON.parse(text);
  } catch {
    throw new LambdaServiceError(
      'InvalidRequestContentException',
      400,
      'Client context must be a valid Base64-encoded JSON object.',
    );
  }
  return text;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function logStreamName(): string {
  return `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
}

/** Rejects as soon as nobody waits for the result any more. */
function abandonable<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return result;
  }
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
