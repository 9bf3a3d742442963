import { generatedName } from './generated-id';
import { textOf, type Value } from './json';
import type { Stack } from './model';
import { unresolved } from './problems';
import { partitionOf, urlSuffixOf } from './pseudo-parameters';
import type { ResourceType, Self } from './resource-type';
import { resourceType } from './resource-types';

const NAME_LIMIT = 255;

/** The identity of a resource, computed from as few of its properties as its type needs: others may refer to it in turn. */
export class Identity implements Self {
  public readonly region: string;
  public readonly account: string;
  public readonly stackName: string;
  public readonly partition: string;
  public readonly urlSuffix: string;
  public readonly seed: string;
  private readonly entry: ResourceType;
  private readonly known: { name?: string; arn?: string; ref?: string } = {};

  constructor(
    stack: Stack,
    public readonly logicalId: string,
    type: string,
    private readonly resolveProperty: (name: string) => Value,
  ) {
    this.region = stack.region;
    this.account = stack.account;
    this.stackName = stack.name;
    this.partition = partitionOf(stack.region);
    this.urlSuffix = urlSuffixOf(stack.region);
    this.seed = [stack.account, stack.region, stack.name, logicalId].join('/');
    this.entry = resourceType(type);
  }

  public get name(): string {
    this.known.name ??= this.findName();
    return this.known.name;
  }

  /** Empty where the type has none. */
  public get arn(): string {
    this.known.arn ??= this.entry.arn?.(this) ?? '';
    return this.known.arn;
  }

  public get ref(): string {
    this.known.ref ??= this.entry.ref?.(this) ?? this.name;
    return this.known.ref;
  }

  /** `undefined` when nobody here knows it. */
  public attribute(attribute: string): Value {
    const { attributes = {} } = this.entry;
    return Object.hasOwn(attributes, attribute) ? attributes[attribute](this) : undefined;
  }

  public property(name: string): Value {
    return this.resolveProperty(name);
  }

  public text(name: string): string {
    return textOf(this.property(name)) ?? unresolved(`${this.logicalId}.${name}`);
  }

  private findName(): string {
    const given = this.entry.named === undefined ? undefined : textOf(this.property(this.entry.named));
    return given ?? this.entry.generated?.(this) ?? generatedName([this.stackName, this.logicalId], this.seed, NAME_LIMIT);
  }
}
