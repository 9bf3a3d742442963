import type { Assembly } from './assembly';
import { isObject, own, textOf, type Value } from './json';
import type { Assets, Problem, Resource } from './model';
import { holdsUnresolved } from './problems';

/** What a handler runs with; a role or a tag that is not known does not keep it from running. */
const RUNS_WITH = /^(Code|Environment|Handler|Layers|MemorySize|ReservedConcurrentExecutions|Runtime|Timeout)(\.|$)/;

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
  /** Absent where the template leaves it to Lambda. */
  readonly timeoutSeconds?: number;
  /** In MB; absent where the template leaves it to Lambda. */
  readonly memorySize?: number;
  readonly reservedConcurrency?: number;
  /** ARNs. */
  readonly layers: readonly string[];
  /** What its handler would run with, could it be resolved. */
  readonly unresolved: readonly { readonly property: string; readonly reason: string }[];
  readonly logicalId: string;
  readonly path: string;
}

export function lambdaFunctions(assembly: Assembly): LambdaFunctionResource[] {
  return assembly.ofType('AWS::Lambda::Function').map((resource) => {
    const { properties, physicalId, arn, logicalId, path } = resource;
    const environment = texts(own(properties.Environment, 'Variables'));
    return {
      name: physicalId,
      arn: arn!,
      runtime: textOf(properties.Runtime),
      handler: textOf(properties.Handler),
      code: codeOf(resource, assembly.assets),
      environment,
      timeoutSeconds: numberOf(properties.Timeout),
      memorySize: numberOf(properties.MemorySize),
      reservedConcurrency: numberOf(properties.ReservedConcurrentExecutions),
      layers: Array.isArray(properties.Layers) ? properties.Layers.map((layer) => textOf(layer) ?? JSON.stringify(layer)) : [],
      unresolved: unresolvedOf(resource, environment, assembly.problems),
      logicalId,
      path,
    };
  });
}

function unresolvedOf(
  { path, stack, type }: Resource,
  environment: { readonly [name: string]: string },
  problems: readonly Problem[],
): LambdaFunctionResource['unresolved'] {
  const reported = problems
    .filter((problem) => problem.stack === stack.path && problem.resource === `${path} (${type})`)
    .filter(({ property }) => RUNS_WITH.test(property))
    .map(({ property, reason }) => ({ property, reason }));
  // the name of another resource may be what is not known, which is a problem of that one
  const inherited = Object.entries(environment)
    .map(([name, value]) => ({ property: `Environment.Variables.${name}`, value }))
    .filter(({ property, value }) => holdsUnresolved(value) && !reported.some((problem) => problem.property === property))
    .map(({ property, value }) => ({ property, reason: `it depends on what could not be resolved either, ${value}` }));
  return [...reported, ...inherited];
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
