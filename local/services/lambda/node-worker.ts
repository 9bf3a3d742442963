import { Worker, type WorkerOptions } from 'node:worker_threads';
import { type Host, type HostListener, isHostMessage, type NodeHostData } from './host-protocol';

export interface NodeWorkerOptions extends NodeHostData {
  readonly hostFile: string;
  readonly environment: Record<string, string>;
  readonly memorySize: number;
}

/** Starts a Node.js handler in a thread of its own. */
export function startNodeWorker(options: NodeWorkerOptions, listener: HostListener): Host {
  const { taskRoot, handler, runtimeMajor } = options;
  const data: NodeHostData = { taskRoot, handler, runtimeMajor };
  const worker = newWorker(
    options.hostFile,
    {
      workerData: data,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: options.memorySize },
    },
    options.environment,
  );
  // what a native module prints, past the host's own capture
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.on('data', (chunk: Buffer) => listener.message({ type: 'log', requestId: '', message: chunk.toString().trimEnd() }));
  }
  let outOfMemory = false;
  worker.on('message', (message: unknown) => isHostMessage(message) && listener.message(message));
  worker.on('error', (error: NodeJS.ErrnoException) => {
    outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    listener.message({ type: 'log', requestId: '', level: 'ERROR', message: String(error) });
  });
  // V8 aborts a process whose heap is full
  worker.on('exit', (code) => listener.exit(outOfMemory ? { code: null, signal: 'SIGABRT' } : { code }));
  return {
    send: (message) => worker.postMessage(message),
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate: async () => void (await worker.terminate()),
  };
}

/** NODE_OPTIONS may hold what a process takes and a thread refuses, such as --max-old-space-size; a thread runs without them. */
function newWorker(file: string, options: WorkerOptions, env: Record<string, string>): Worker {
  try {
    return new Worker(file, { ...options, env });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') {
      throw error;
    }
    const { NODE_OPTIONS: _, ...accepted } = env;
    return new Worker(file, { ...options, env: accepted });
  }
}
