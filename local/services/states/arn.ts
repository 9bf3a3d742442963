import { invalidArn } from './errors';

export type ResourceType = 'stateMachine' | 'execution' | 'express' | 'activity' | 'mapRun';

const RESOURCE_TYPES: readonly string[] = ['stateMachine', 'execution', 'express', 'activity', 'mapRun'];

/** An ARN of Step Functions, taken apart. */
export interface StatesArn {
  readonly type: ResourceType;
  /** What follows the type, by colons: `[machine, version or alias]`, `[machine, execution]`. */
  readonly parts: readonly string[];
}

/** Reads an ARN where only some types make sense; throws InvalidArn. */
export function parseArn(arn: string, ...types: readonly ResourceType[]): StatesArn {
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, partition, service, region, account, type, ...parts] = arn.split(':');
  if (!partition || service !== 'states' || !region || !account || parts.length === 0 || parts.some((part) => part === '')) {
    throw invalidArn(`Invalid ARN: ${arn}`);
  }
  if (!(types as readonly string[]).includes(type)) {
    // of a type that does not exist nothing can be said but that
    throw invalidArn(RESOURCE_TYPES.includes(type) ? `Resource type not valid in this context: ${type}` : `Invalid ARN: ${arn}`);
  }
  return { type: type as ResourceType, parts };
}

/** Makes the ARNs of one account in one region. */
export class ArnMaker {
  private readonly prefix: string;

  constructor(region: string, accountId: string) {
    this.prefix = `arn:${partitionOf(region)}:states:${region}:${accountId}`;
  }

  stateMachine(name: string): string {
    return `${this.prefix}:stateMachine:${name}`;
  }

  activity(name: string): string {
    return `${this.prefix}:activity:${name}`;
  }

  execution(machine: string, name: string): string {
    return `${this.prefix}:execution:${machine}:${name}`;
  }

  /** @param id tells the executions of one name apart: for Express, names need not be unique */
  express(machine: string, name: string, id: string): string {
    return `${this.prefix}:express:${machine}:${name}:${id}`;
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
