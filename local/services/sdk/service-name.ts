// One service, many names. Ours is that of its signature; where a signature stands for several services, that of `aws-sdk`.

/** Names in `aws-sdk:<name>:` and `@aws-sdk/client-<name>` that differ from ours. */
const SDK_NAMES: { readonly [ours: string]: string } = { events: 'eventbridge' };

/** Services in the scope of a signature that are called otherwise here. */
const OF_SIGNATURE: { readonly [signature: string]: string } = { ses: 'sesv2' };

const OURS = new Map(Object.entries(SDK_NAMES).map(([ours, sdk]) => [sdk, ours]));

/** Our name of a service that a user or a definition names. */
export function serviceName(name: string): string {
  return OURS.get(name) ?? name;
}

export function serviceOfSignature(name: string): string {
  return OF_SIGNATURE[name] ?? name;
}

/** As `aws-sdk:<name>:` has it, and `@aws-sdk/client-<name>` but for hyphens. */
export function sdkName(service: string): string {
  return SDK_NAMES[service] ?? service;
}

/** Tells SDKs where a service is. */
export function endpointVariable(service: string): string {
  return `AWS_ENDPOINT_URL_${sdkName(service).toUpperCase()}`;
}
