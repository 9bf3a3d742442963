import type { LambdaCode, LambdaFunctionResource } from '../assembly';
import type { FunctionConfig } from '../services/lambda/function-config';
import { endpointVariable } from '../services/sdk/service-name';
import { withQueueUrlsAt } from './emulators/queues';

/** The app's functions as the Lambda service takes them; it says itself which of them it cannot run, and why. */
export function functionConfigs(functions: readonly LambdaFunctionResource[]): FunctionConfig[] {
  return functions.map(({ runtime, handler, code, environment, logicalId: _id, path: _path, ...same }) => ({
    ...same,
    runtime: runtime ?? 'container image',
    handler: handler ?? '',
    environment,
    code: 'inline' in code ? code : { directory: location(code) },
  }));
}

/**
 * A function that finds services where they are.
 *
 * @param endpoints URLs by our names of the services; what the function's own variables say counts more
 */
export function withEndpoints(config: FunctionConfig, endpoints: { readonly [service: string]: string }): FunctionConfig {
  const variables = Object.entries(endpoints).map(([service, url]) => [endpointVariable(service), url]);
  const { sqs } = endpoints;
  const own = Object.entries(config.environment ?? {}).map(([name, text]) => [
    name,
    sqs === undefined ? text : withQueueUrlsAt(sqs, text),
  ]);
  return { ...config, environment: Object.fromEntries([...variables, ...own]) };
}

function location(code: Exclude<LambdaCode, { inline: string }>): string {
  if ('image' in code) return code.image;
  if ('zipFile' in code) return code.zipFile;
  return 's3' in code ? code.s3 : code.directory;
}
