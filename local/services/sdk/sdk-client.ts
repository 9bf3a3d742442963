import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sdkName } from './service-name';

/** What a client of the AWS SDK for JavaScript exports, as far as it is used here. */
export interface SdkModule {
  readonly [name: string]: unknown;
}

/**
 * The client for a service that the user's project has installed; undefined if it has none.
 *
 * @param directory where a program of the project would be
 */
export function installedClient(service: string, directory: string): SdkModule | undefined {
  const wanted = `client-${sdkName(service)}`;
  const require = createRequire(join(directory, 'index.js'));
  for (const modules of require.resolve.paths('@aws-sdk/client') ?? []) {
    const scope = join(modules, '@aws-sdk');
    if (!existsSync(scope)) continue;
    // Step Functions writes `secretsmanager`, the package is `client-secrets-manager`
    const name = readdirSync(scope).find(
      (one) => one.replace('client-', '').replaceAll('-', '') === wanted.replace('client-', ''),
    );
    if (name?.startsWith('client-')) return require(join(scope, name)) as SdkModule;
  }
  return undefined;
}
