import type { Resource } from '../../assembly';

/** Those of the named properties that a resource has, each in words for who loads the app. */
export function unsupportedProperties({ path, type, properties }: Resource, names: readonly string[]): string[] {
  return names.filter((name) => name in properties).map((name) => `${path} (${type}): ${name} is not supported on this machine`);
}
