/** Runs a Node.js handler in a worker thread, as AWS's runtime runs it in an execution environment. */
import { constants } from 'node:os';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { HostMessage, InvokeMessage, NodeHostData } from './host-protocol';
import { errorLog, errorPayload, RuntimeError } from './node-errors';
import { type Handler, loadHandler } from './node-handler';
import { NodeOutput } from './node-output';

/** From here on the runtime takes no callbacks, and a returned value need not be a promise. */
const FIRST_WITHOUT_CALLBACKS = 24;

const { taskRoot, handler: handlerName, runtimeMajor } = workerData as NodeHostData;
const port = parentPort as MessagePort;
const post = (message: HostMessage) => port.postMessage(message);
const output = new NodeOutput(post);

/** What to do once nothing is left to wait for. */
let whenIdle: (() => void) | undefined;

process.cwd = () => taskRoot;
process.kill = killUnlessSelf(process.kill);
output.capture();
process.on('uncaughtException', (error) => crash('Uncaught Exception', error));
process.on('unhandledRejection', (reason) =>
  crash('Unhandled Promise Rejection', new RuntimeError('UnhandledPromiseRejection', String(reason))),
);
process.on('beforeExit', () => {
  port.ref();
  const next = whenIdle;
  whenIdle = undefined;
  next?.();
});

loadHandler(taskRoot, handlerName).then(
  (handler) => {
    if (runtimeMajor >= FIRST_WITHOUT_CALLBACKS && handler.length >= 3) {
      crash(
        'Invoke Error',
        new RuntimeError(
          'CallbackHandlerDeprecated',
          'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
        ),
      );
      return;
    }
    port.on('message', (message: InvokeMessage) => invoke(handler, message));
    post({ type: 'ready' });
  },
  (error) => crash('Uncaught Exception', error),
);

/** The id is that of the process that all handlers share: a handler that means itself ends itself alone. */
function killUnlessSelf(kill: typeof process.kill): typeof process.kill {
  return (pid, signal = 'SIGTERM') => {
    if (Math.abs(pid) !== process.pid && pid !== 0) {
      return kill(pid, signal);
    }
    const name = typeof signal === 'string' ? signal : signalName(signal);
    // signal 0 asks whether the process is there
    if (name !== undefined && !process.emit(name as NodeJS.Signals, name as NodeJS.Signals)) {
      output.flush();
      post({ type: 'kill', signal: name });
      process.exit();
    }
    return true;
  };
}

function signalName(value: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => number === value)?.[0];
}

function crash(what: string, error: unknown): void {
  output.flush();
  post({ type: 'crash', requestId: output.requestId, text: errorPayload(error), log: `${what} \t${errorLog(error)}` });
}

function invoke(handler: Handler, message: InvokeMessage): void {
  output.begin(message.requestId);
  // the port alone must not keep the event loop busy: an empty one ends the invocation
  port.unref();
  const invocation = new NodeInvocation(message);
  const promises = runtimeMajor >= FIRST_WITHOUT_CALLBACKS || handler.constructor.name === 'AsyncFunction';
  whenIdle = () => (promises ? invocation.fail(neverSettled()) : invocation.succeed(null));
  try {
    const event = JSON.parse(message.event);
    const result = handler(event, invocation.context(), invocation.callback);
    if (typeof result?.then === 'function') {
      result.then(invocation.succeed, invocation.fail);
    } else if (runtimeMajor >= FIRST_WITHOUT_CALLBACKS) {
      invocation.succeed(result);
    }
  } catch (error) {
    invocation.fail(error);
  }
}

function neverSettled(): RuntimeError {
  return new RuntimeError(
    'NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
}

/** The ways in which a handler can end one invocation; the first one counts. */
class NodeInvocation {
  private ended = false;
  private waitsForEmptyEventLoop = true;

  constructor(private readonly message: InvokeMessage) {}

  readonly succeed = (result?: unknown): void => {
    let text: string;
    try {
      text = JSON.stringify(result) ?? 'null';
    } catch {
      const what = 'Unable to stringify response body';
      this.fail(runtimeMajor >= FIRST_WITHOUT_CALLBACKS ? new RuntimeError('JSONStringifyError', what) : new Error(what));
      return;
    }
    this.end({ type: 'response', requestId: this.message.requestId, text });
  };

  readonly fail = (error?: unknown): void => {
    const thrown = error ?? 'handled';
    if (!this.ended) {
      output.log(`Invoke Error \t${errorLog(thrown instanceof Error ? thrown : new Error(String(thrown)))}`, 'ERROR');
    }
    this.end({ type: 'error', requestId: this.message.requestId, text: errorPayload(thrown) });
  };

  readonly callback = (error?: unknown, result?: unknown): void => {
    if (error !== undefined && error !== null) {
      this.fail(error);
    } else if (this.waitsForEmptyEventLoop) {
      whenIdle = () => this.succeed(result);
    } else {
      this.succeed(result);
    }
  };

  context(): object {
    const { message } = this;
    const invocation = this;
    return {
      ...(runtimeMajor < FIRST_WITHOUT_CALLBACKS && {
        succeed: this.succeed,
        fail: this.fail,
        done: (error?: unknown, result?: unknown) =>
          error === undefined || error === null ? this.succeed(result) : this.fail(error),
      }),
      get callbackWaitsForEmptyEventLoop() {
        return invocation.waitsForEmptyEventLoop;
      },
      set callbackWaitsForEmptyEventLoop(value: boolean) {
        invocation.waitsForEmptyEventLoop = value;
      },
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      clientContext: message.clientContext === undefined ? undefined : JSON.parse(message.clientContext),
      identity: undefined,
      invokedFunctionArn: message.invokedFunctionArn,
      awsRequestId: message.requestId,
      getRemainingTimeInMillis: () => message.deadline - Date.now(),
    };
  }

  private end(answer: HostMessage): void {
    if (this.ended) {
      return;
    }
    this.ended = true;
    whenIdle = undefined;
    port.ref();
    output.flush();
    post(answer);
  }
}
