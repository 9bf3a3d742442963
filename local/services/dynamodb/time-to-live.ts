import type { JsonObject } from '../aws-service';
import { AwsError } from '../http/aws-error';

/**
 * Which attribute of a table says when an item expires, which dynalite does not know. Nothing is deleted for it:
 * DynamoDB deletes within days at best, so that programs have to look at the time themselves.
 */
export class TimeToLive {
  private readonly attributes = new Map<string, string>();

  describe(tableName: string): JsonObject {
    const attribute = this.attributes.get(tableName);
    return {
      TimeToLiveDescription:
        attribute === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
    };
  }

  update(tableName: string, specification: JsonObject): JsonObject {
    const { AttributeName: attribute, Enabled: enabled } = specification;
    if (typeof attribute !== 'string' || typeof enabled !== 'boolean') {
      throw invalid(
        `TimeToLiveSpecification ${JSON.stringify(specification)} needs AttributeName, a string, and Enabled, a boolean`,
      );
    }
    const current = this.attributes.get(tableName);
    if (enabled === (current !== undefined)) throw invalid(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
    if (enabled) this.attributes.set(tableName, attribute);
    else this.attributes.delete(tableName);
    return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
  }

  /** The table is gone. */
  forget(tableName: string): void {
    this.attributes.delete(tableName);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 'com.amazon.coral.validate');
}
