import { types } from 'node:util';

/** An error of the runtime itself, named as AWS's Node.js runtime names it. */
export class RuntimeError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = `Runtime.${type}`;
  }
}

/** The body that Lambda answers with for something a Node.js handler threw. */
export function errorPayload(thrown: unknown): string {
  try {
    if (types.isNativeError(thrown) || looksLikeError(thrown)) {
      const { name, message, stack } = thrown as Error;
      return JSON.stringify({ errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') });
    }
    return JSON.stringify({ errorType: typeof thrown, errorMessage: (thrown as object).toString(), trace: [] });
  } catch {
    return JSON.stringify({
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    });
  }
}

function looksLikeError(thrown: unknown): boolean {
  const { name, message, stack } = (thrown ?? {}) as Partial<Record<'name' | 'message' | 'stack', unknown>>;
  return [name, message, stack].every((text) => typeof text === 'string' && text !== '');
}

/** As the runtime logs it: with the properties that JSON.stringify leaves out. */
export function errorLog(thrown: unknown): string {
  try {
    return JSON.stringify(thrown, (_key, value) =>
      value instanceof Error
        ? {
            errorType: value.name,
            errorMessage: value.message,
            code: (value as NodeJS.ErrnoException).code,
            ...value,
            stack: value.stack?.split('\n'),
          }
        : value,
    );
  } catch {
    return errorPayload(thrown);
  }
}
