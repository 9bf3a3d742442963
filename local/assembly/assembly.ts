import type { Assets, Problem, Resource, Stack } from './model';

/** A synthesized app, resolved. */
export class Assembly {
  private readonly resourcesByArn = new Map<string, Resource>();

  constructor(
    public readonly stacks: readonly Stack[],
    public readonly resources: readonly Resource[],
    public readonly problems: readonly Problem[],
    public readonly assets: Assets,
  ) {
    for (const resource of resources) {
      if (resource.arn !== undefined) this.resourcesByArn.set(resource.arn, resource);
    }
  }

  public byArn(arn: string): Resource | undefined {
    return this.resourcesByArn.get(arn);
  }

  /** Physical ids are unique within a type only: a queue and a function may share a name. */
  public byPhysicalId(type: string, physicalId: string): Resource | undefined {
    return this.resources.find((resource) => resource.type === type && resource.physicalId === physicalId);
  }

  public ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }
}
