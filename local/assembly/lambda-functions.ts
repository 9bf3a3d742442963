import type { Assembly } from './assembly';
import { isObject, own, textOf, type Value } from './json';
import type { Assets, Resource } from './model';

/** Lambda's defaults. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

export type LambdaCode =
  | { readonly directory: string }
  | { readonly zipFile: string }
  /** The source of the handler itself. */
  | { readonly inline: string }
  /** `directory` is what the image is built from, where it is an asset. */
  | { readonly image: string; readonly directory?: string }
  /** In S3 and no asset of the app, which the assembly's problems say too. */
  | { readonly s3: string };

export interface LambdaFunctionResource {
  readonly name: string;
  readonly arn: string;
  /** Absent for images. */
  readonly runtime?: string;
  /** Absent for images. */
  readonly handler?: string;
  readonly code: LambdaCode;
  readonly environment: { readonly [name: string]: string };
  readonly timeoutSeconds: number;
  /** In MB. */
  readonly memorySize: number;
  readonly logicalId: string;
  readonly path: string;
}

export function lambdaFunctions(assembly: Assembly): LambdaFunctionResource[] {
  return assembly.ofType('AWS::Lambda::Function').map((resource) => {
    const { properties, physicalId, arn, logicalId, path } = resource;
    return {
      name: physicalId,
      arn: arn!,
      runtime: textOf(properties.Runtime),
      handler: textOf(properties.Handler),
      code: codeOf(resource, assembly.assets),
      environment: texts(own(properties.Environment, 'Variables')),
      timeoutSeconds: numberOf(properties.Timeout) ?? DEFAULT_TIMEOUT_SECONDS,
      memorySize: numberOf(properties.MemorySize) ?? DEFAULT_MEMORY_MB,
      logicalId,
      path,
    };
  });
}

function codeOf({ properties, asset }: Resource, assets: Assets): LambdaCode {
  const code = properties.Code;
  const inline = textOf(own(code, 'ZipFile'));
  if (inline !== undefined) return { inline };
  const image = textOf(own(code, 'ImageUri'));
  if (image !== undefined) return { image, directory: assets.image(image)?.directory };
  if (asset !== undefined) return asset.isDirectory ? { directory: asset.path } : { zipFile: asset.path };
  return { s3: `s3://${textOf(own(code, 'S3Bucket'))}/${textOf(own(code, 'S3Key'))}` };
}

function texts(variables: Value): { [name: string]: string } {
  const entries = Object.entries(isObject(variables) ? variables : {});
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value) ?? JSON.stringify(value)]));
}

function numberOf(value: Value): number | undefined {
  const number = Number(textOf(value) || Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}
