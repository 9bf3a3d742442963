import { isObject, type JsonObject, own, textOf, type Value } from './json';
import type { Stack } from './model';

/** A template and where it is deployed. */
export interface StackSource {
  readonly stack: Stack;
  readonly template: JsonObject;
  /** Path of the construct behind a logical id, in the stack of that path. */
  constructPath(logicalId: string, stackPath: string): string | undefined;
}

export type Section = 'Parameters' | 'Mappings' | 'Conditions' | 'Resources' | 'Outputs';

/** A template as it is written, unresolved; tolerant of sections and entries of any shape. */
export class Template {
  private readonly labels = new Map<string, string>();

  constructor(private readonly source: StackSource) {}

  /** Names of the macros that CloudFormation would run over the template. */
  public get transforms(): string[] {
    const { Transform: declared = [] } = this.source.template;
    return (Array.isArray(declared) ? declared : [declared]).map(
      (transform) => textOf(own(transform, 'Name') ?? transform) ?? 'unnamed',
    );
  }

  public section(name: Section): JsonObject {
    const section = own(this.source.template, name);
    return isObject(section) ? section : {};
  }

  public declared(section: Section, name: string): Value {
    return own(this.section(section), name);
  }

  /** An attribute of a resource, e.g. `DependsOn`. */
  public attribute(logicalId: string, attribute: string): Value {
    return own(this.declared('Resources', logicalId), attribute);
  }

  public type(logicalId: string): string {
    return textOf(this.attribute(logicalId, 'Type')) ?? '';
  }

  /** Path of the construct that users wrote; L2 constructs call the resource inside them `Resource`. */
  public path(logicalId: string): string {
    const path =
      textOf(own(this.attribute(logicalId, 'Metadata'), 'aws:cdk:path')) ??
      this.source.constructPath(logicalId, this.source.stack.path);
    return path?.replace(/\/(Resource|Default)$|\.NestedStack\/[^/]+$/, '') ?? `${this.source.stack.path}/${logicalId}`;
  }

  /** A resource as problems name it. */
  public label(logicalId: string): string {
    const known = this.labels.get(logicalId);
    if (known !== undefined) return known;
    const label = `${this.path(logicalId)} (${this.type(logicalId)})`;
    this.labels.set(logicalId, label);
    return label;
  }
}
