import type { HostExit } from './host-protocol';

/** Lambda's limit for the body of a synchronous answer. */
export const MAX_RESPONSE_BYTES = 6_291_556;

// as Go's os.Signal prints them, which is how Lambda words an exit
const SIGNALS: Record<string, string> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

export function timedOut(requestId: string, timeoutSeconds: number): string {
  return JSON.stringify({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  });
}

export function exited(requestId: string, exit: HostExit): string {
  return JSON.stringify({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited ${exitReason(exit)}`,
  });
}

function exitReason({ code, signal }: HostExit): string {
  if (signal) {
    return `with error: signal: ${SIGNALS[signal] ?? signal}`;
  }
  return code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
}

export function responseTooLarge(): string {
  return JSON.stringify({
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
    errorType: 'Function.ResponseSizeTooLarge',
  });
}
