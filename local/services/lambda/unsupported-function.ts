import { statSync } from 'node:fs';
import type { FunctionConfig } from './function-config';
import { findPython } from './python-process';

const WAY_OUT = 'answer its tasks in a test';

/** Why this machine cannot run a function, and the way out; undefined if it can. */
export function unsupportedFunction(config: FunctionConfig): string | undefined {
  const reason = reasonOf(config);
  return reason === undefined ? undefined : `function '${config.name}': ${reason}, or ${WAY_OUT}`;
}

function reasonOf({ code, layers = [], runtime, unresolved = [] }: FunctionConfig): string | undefined {
  if (unresolved.length > 0) {
    return unresolved.map(({ property, reason }) => `${property} could not be resolved: ${reason}`).join('; ');
  }
  if (!/^(nodejs|python3)/.test(runtime)) {
    return `runtime '${runtime}' does not run locally; use nodejs or python3`;
  }
  if (layers.length > 0) {
    return `layers do not run locally, it has '${layers.join("', '")}'; bundle what they hold into the function`;
  }
  if ('directory' in code && !statSync(code.directory, { throwIfNoEntry: false })?.isDirectory()) {
    return `its code '${code.directory}' is no folder; give lambda.Code.fromAsset a folder`;
  }
  if (runtime.startsWith('python3') && findPython() === undefined) {
    return `runtime '${runtime}' needs python3, which is not on PATH; install it`;
  }
  return undefined;
}
