import type { Resource } from '../../assembly';
import type { Json } from '../../engine/host';
import type { JsonObject } from '../../services/aws-service';
import { unsupportedProperties } from './unsupported-properties';

export const BUCKET = 'AWS::S3::Bucket';

/** What CDK sets notifications of a bucket with. */
const NOTIFICATIONS = 'Custom::S3BucketNotifications';

/** What a program would notice the lack of. */
const UNSUPPORTED = ['ReplicationConfiguration', 'VersioningConfiguration', 'WebsiteConfiguration'];

/** Names of the buckets whose objects EventBridge is told of. */
export function bucketsWithEvents(resources: readonly Resource[]): ReadonlySet<string> {
  return new Set(notifications(resources).flatMap(({ bucket, configuration }) => (hasEvents(configuration) ? bucket : [])));
}

/** What of the app's buckets is not emulated, a line each. */
export function unsupportedByBuckets(resources: readonly Resource[]): string[] {
  const properties = resources
    .filter(({ type }) => type === BUCKET)
    .flatMap((bucket) => unsupportedProperties(bucket, UNSUPPORTED));
  const told = notifications(resources).flatMap(({ resource, configuration }) =>
    Object.entries(configuration)
      .filter(([name, targets]) => !name.startsWith('EventBridge') && Array.isArray(targets) && targets.length > 0)
      .map(([name]) => `${resource.path} (${resource.type}): ${name} is not supported on this machine, only EventBridge is told`),
  );
  return [...properties, ...told];
}

interface Notification {
  readonly resource: Resource;
  readonly bucket: string;
  readonly configuration: JsonObject;
}

function notifications(resources: readonly Resource[]): Notification[] {
  return resources.flatMap((resource) => {
    const { type, properties, physicalId } = resource;
    if (type !== BUCKET && type !== NOTIFICATIONS) return [];
    const bucket = type === BUCKET ? physicalId : String(properties.BucketName);
    const configuration = (properties.NotificationConfiguration ?? {}) as JsonObject;
    return [{ resource, bucket, configuration }];
  });
}

/** CloudFormation has a member for it, the API and so CDK's own resource only an empty object. */
function hasEvents({ EventBridgeConfiguration: events }: JsonObject): boolean {
  if (typeof events !== 'object' || events === null) return false;
  return String((events as { readonly [member: string]: Json }).EventBridgeEnabled ?? true) === 'true';
}
