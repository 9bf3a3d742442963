import type { LambdaCode, LambdaFunctionResource } from '../assembly';
import type { FunctionConfig } from '../services/lambda/function-config';
import { withQueueUrlsAt } from './emulators/queues';

/**
 * The app's functions as the Lambda service takes them; it says itself which of them it cannot run, and why.
 *
 * @param endpoints variables that tell the SDK where a service is; a function's own count more
 */
export function functionConfigs(
  functions: readonly LambdaFunctionResource[],
  endpoints: { readonly [variable: string]: string },
): FunctionConfig[] {
  return functions.map(({ runtime, handler, code, environment, logicalId: _id, path: _path, ...same }) => ({
    ...same,
    runtime: runtime ?? 'container image',
    handler: handler ?? '',
    code: 'inline' in code ? code : { directory: location(code) },
    environment: { ...endpoints, ...withQueuesOf(endpoints.AWS_ENDPOINT_URL_SQS, environment) },
  }));
}

function withQueuesOf(endpoint: string | undefined, environment: { readonly [variable: string]: string }) {
  if (endpoint === undefined) return environment;
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, withQueueUrlsAt(endpoint, text)]));
}

function location(code: Exclude<LambdaCode, { inline: string }>): string {
  if ('image' in code) return code.image;
  if ('zipFile' in code) return code.zipFile;
  return 's3' in code ? code.s3 : code.directory;
}
