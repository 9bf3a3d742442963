import type { JsonObject } from './json';

/** A stack, as it would be deployed. */
export interface Stack {
  /** Artifact id in the cloud assembly. */
  readonly id: string;
  /** Name in CloudFormation. */
  readonly name: string;
  /** Construct path, e.g. `Prod/Orders`. */
  readonly path: string;
  readonly region: string;
  readonly account: string;
}

/** A file or directory that the CDK would upload to S3. */
export interface FileAsset {
  /** Absolute. */
  readonly path: string;
  readonly isDirectory: boolean;
  text(): string;
}

/** A directory that the CDK would build a container image from. */
export interface ImageAsset {
  /** Absolute. */
  readonly directory: string;
  /** Relative to the directory. */
  readonly dockerFile: string;
}

export interface Assets {
  /** By the key of its S3 object, which begins with the hash. */
  file(objectKey: string): FileAsset | undefined;
  /** By the URI or the tag of its image; the tag is the hash. */
  image(uri: string): ImageAsset | undefined;
}

/** A resource that the template would create. */
export interface Resource {
  readonly type: string;
  readonly logicalId: string;
  readonly stack: Stack;
  /** Path of the construct that users wrote: `aws:cdk:path` without the `Resource` that L2 constructs append. */
  readonly path: string;
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** Absent for types without one, or whose ARN is not known here. */
  readonly arn?: string;
  /** Every intrinsic function replaced by its value. */
  readonly properties: JsonObject;
  /** As in the template. */
  readonly metadata: JsonObject;
  /** Where its code or definition lies on this machine, when it is an asset. */
  readonly asset?: FileAsset;
}

/** What could not be resolved: the value in its place begins with `UNRESOLVED(`, except that a dynamic reference stays as it is. */
export interface Problem {
  /** Construct path of the stack. */
  readonly stack: string;
  /** e.g. `Orders/StateMachine (AWS::StepFunctions::StateMachine)`. */
  readonly resource: string;
  /** e.g. `DefinitionString` or `Environment.Variables.TABLE`. */
  readonly property: string;
  readonly reason: string;
}
