import { AppScope } from './app-scope';
import type { Assembly } from './assembly';
import { loadCloudAssembly, type StackArtifact } from './cloud-assembly';
import type { Stack } from './model';
import { DEFAULT_ACCOUNT, DEFAULT_REGION, type ReadOptions } from './options';
import { resolveApp } from './resolve-app';

/** Reads what `cdk synth` wrote: every stack of every stage, with each resource's properties resolved. */
export function readAssembly(directory: string, options: ReadOptions = {}): Assembly {
  const { stacks, assets } = loadCloudAssembly(directory);
  const sources = stacks.map(({ template, constructPath, ...artifact }) => ({
    stack: stackOf(artifact, options),
    template,
    constructPath,
  }));
  return resolveApp(new AppScope(sources, assets, options.parameters ?? {}));
}

function stackOf(
  { id, name, path, environment }: Omit<StackArtifact, 'template' | 'constructPath'>,
  options: ReadOptions,
): Stack {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  return {
    id,
    name,
    path,
    region: known(region, 'unknown-region') ?? options.region ?? DEFAULT_REGION,
    account: known(account, 'unknown-account') ?? options.account ?? DEFAULT_ACCOUNT,
  };
}

function known(value: string | undefined, unknown: string): string | undefined {
  return value === unknown ? undefined : value;
}
