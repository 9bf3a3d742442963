import { generatedName, lowerCaseId, uuid } from './generated-id';
import type { Value } from './json';

/** A resource as its type's entry sees it. */
export interface Self {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly urlSuffix: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** Differs from resource to resource. */
  readonly seed: string;
  readonly name: string;
  /** Empty where the type has none. */
  readonly arn: string;
  /** A resolved property. */
  property(name: string): Value;
  /** A resolved property as text; a marked placeholder when it is none. */
  text(name: string): string;
}

export type Of<T> = (self: Self) => T;

/** What CloudFormation gives for a resource of a type. */
export interface ResourceType {
  /** The property by which a template names it. */
  readonly named?: string;
  /** How it is named otherwise. @default `Stack-LogicalId-ABC123…` */
  readonly generated?: Of<string>;
  /** @default the name */
  readonly ref?: Of<string>;
  /** @default - none */
  readonly arn?: Of<string>;
  readonly attributes?: { readonly [name: string]: Of<Value> };
}

export const name: Of<string> = (self) => self.name;
export const arn: Of<string> = (self) => self.arn;

/** The ARN of a resource of a region. */
export function regional(service: string, prefix = ''): Of<string> {
  return (self) => `arn:${self.partition}:${service}:${self.region}:${self.account}:${prefix}${self.name}`;
}

/** The ARN of an IAM resource, which has no region. */
export function iam(kind: string): Of<string> {
  return (self) => `arn:${self.partition}:iam::${self.account}:${kind}${String(self.property('Path') ?? '/')}${self.name}`;
}

export function cutTo(limit: number): Of<string> {
  return (self) => generatedName([self.stackName, self.logicalId], self.seed, limit);
}

/** Without the stack's name, as Step Functions and Secrets Manager have it. */
export function logicalIdCutTo(limit: number): Of<string> {
  return (self) => generatedName([self.logicalId], self.seed, limit);
}

/** An id that AWS assigns, under `Ref` and under each of the attributes. */
export function assigned(id: Of<string>, ...attributes: string[]): ResourceType {
  return { generated: id, attributes: Object.fromEntries(attributes.map((attribute) => [attribute, name])) };
}

export function lowerCase(length: number): Of<string> {
  return (self) => lowerCaseId(self.seed, length);
}

export const uniqueId: Of<string> = (self) => uuid(self.seed);

export function lowerCased(generated: Of<string>): Of<string> {
  return (self) => generated(self).toLowerCase();
}
