import type { Resource } from '../../assembly';
import type { JsonObject } from '../../services/aws-service';
import type { TableConfig } from '../../services/dynamodb/dynamodb-service';
import { unsupportedProperties } from './unsupported-properties';

const TYPES = new Set(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']);

/** What a program would notice the lack of; encryption, backups, tags and alarms it would not. */
const UNSUPPORTED = ['ImportSourceSpecification', 'KinesisStreamSpecification', 'StreamSpecification'];

/** Of the properties that CreateTable has too, those that dynalite knows. */
const CREATED_WITH = ['AttributeDefinitions', 'KeySchema', 'LocalSecondaryIndexes'];

export function isTable({ type }: Resource): boolean {
  return TYPES.has(type);
}

/** What of a table is not emulated. */
export function unsupportedByTable(table: Resource): string[] {
  return unsupportedProperties(table, UNSUPPORTED);
}

/** A table as the service takes it. */
export function tableOf({ physicalId, properties }: Resource): TableConfig {
  const { GlobalSecondaryIndexes: indexes, TimeToLiveSpecification: timeToLive } = properties;
  const created = CREATED_WITH.filter((property) => property in properties).map((property) => [property, properties[property]!]);
  return {
    definition: {
      TableName: physicalId,
      ...Object.fromEntries(created),
      ...(Array.isArray(indexes) && { GlobalSecondaryIndexes: indexes.map(indexOf) }),
      // nothing here is throttled, so that what is provisioned makes no difference
      BillingMode: 'PAY_PER_REQUEST',
    },
    timeToLiveAttribute: attributeOf((timeToLive ?? {}) as JsonObject),
  };
}

function indexOf(index: unknown): JsonObject {
  const { IndexName, KeySchema, Projection } = index as JsonObject;
  return { IndexName: IndexName!, KeySchema: KeySchema!, Projection: Projection! };
}

function attributeOf({ AttributeName: attribute, Enabled: enabled }: JsonObject): string | undefined {
  return typeof attribute === 'string' && String(enabled) === 'true' ? attribute : undefined;
}
