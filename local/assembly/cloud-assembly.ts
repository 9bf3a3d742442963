import { readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { AssemblyError } from './errors';
import { isObject, type JsonObject, own, textOf } from './json';
import type { Assets, FileAsset, ImageAsset } from './model';

/** A stack as the manifest describes it. */
export interface StackArtifact {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** e.g. `aws://unknown-account/us-east-1`. */
  readonly environment: string;
  readonly template: JsonObject;
  /** Of the construct behind a logical id, in the stack of that path: this one or one nested in it. */
  constructPath(logicalId: string, stackPath: string): string | undefined;
}

export interface CloudAssembly {
  readonly stacks: readonly StackArtifact[];
  readonly assets: Assets;
}

interface SourceOf<T> {
  readonly base: string;
  readonly source: T;
}

/**
 * Reads the directory that `cdk synth` writes; nothing else in this folder touches the disk.
 *
 * Not by `@aws-cdk/cloud-assembly-api`, which refuses a schema newer than itself: any app whose aws-cdk-lib is newer than
 * this package. The handful of fields read here have not changed since CDK 2.0.
 */
export function loadCloudAssembly(directory: string): CloudAssembly {
  const stacks: StackArtifact[] = [];
  const files = new Map<string, SourceOf<string>>();
  const images = new Map<string, SourceOf<ImageAsset>>();
  visit(directory);
  return { stacks, assets: assets(files, images) };

  function visit(base: string): void {
    for (const [id, artifact] of Object.entries(artifactsIn(base))) {
      const properties = own(artifact, 'properties') ?? {};
      switch (own(artifact, 'type')) {
        case 'cdk:cloud-assembly': // a Stage
          visit(path.join(base, required(properties, 'directoryName', id, base)));
          break;
        case 'cdk:asset-manifest':
          indexAssets(base, readJson(path.join(base, required(properties, 'file', id, base))));
          break;
        case 'aws:cloudformation:stack':
          stacks.push(stackArtifact(base, id, artifact as JsonObject));
          break;
      }
    }
  }

  function indexAssets(base: string, manifest: JsonObject): void {
    for (const asset of values(manifest.files)) {
      const source = textOf(own(own(asset, 'source'), 'path'));
      for (const destination of values(own(asset, 'destinations'))) {
        const key = textOf(own(destination, 'objectKey'));
        if (source !== undefined && key !== undefined) files.set(key, { base, source });
      }
    }
    for (const asset of values(manifest.dockerImages)) {
      const directory = textOf(own(own(asset, 'source'), 'directory'));
      const dockerFile = textOf(own(own(asset, 'source'), 'dockerFile')) ?? 'Dockerfile';
      for (const destination of values(own(asset, 'destinations'))) {
        const tag = textOf(own(destination, 'imageTag'));
        if (directory !== undefined && tag !== undefined) images.set(tag, { base, source: { directory, dockerFile } });
      }
    }
  }
}

function stackArtifact(base: string, id: string, artifact: JsonObject): StackArtifact {
  const properties = own(artifact, 'properties') ?? {};
  let constructPaths: Map<string, string[]> | undefined;
  return {
    id,
    name: textOf(own(properties, 'stackName')) ?? id,
    path: textOf(own(artifact, 'displayName')) ?? id,
    environment: textOf(own(artifact, 'environment')) ?? '',
    template: readJson(path.join(base, required(properties, 'templateFile', id, base))),
    constructPath: (logicalId, stackPath) => {
      // templates carry the paths themselves, unless the CLI was not there to ask for it
      constructPaths ??= readConstructPaths(base, artifact);
      // a nested stack can use the same logical id: the path in this stack is the shortest below it
      const inStack = constructPaths.get(logicalId)?.filter((candidate) => candidate.startsWith(`${stackPath}/`)) ?? [];
      return inStack.sort((left, right) => left.length - right.length)[0];
    },
  };
}

/** By logical id: the stack and those nested in it share one file. */
function readConstructPaths(base: string, artifact: JsonObject): Map<string, string[]> {
  const file = textOf(artifact.additionalMetadataFile);
  const metadata = [file === undefined ? {} : readJson(path.join(base, file)), artifact.metadata];
  const paths = new Map<string, string[]>();
  for (const [constructPath, entries] of metadata.filter(isObject).flatMap(Object.entries)) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      const logicalId = own(entry, 'type') === 'aws:cdk:logicalId' ? textOf(own(entry, 'data')) : undefined;
      if (logicalId !== undefined) paths.set(logicalId, [...(paths.get(logicalId) ?? []), constructPath.replace(/^\//, '')]);
    }
  }
  return paths;
}

function assets(files: ReadonlyMap<string, SourceOf<string>>, images: ReadonlyMap<string, SourceOf<ImageAsset>>): Assets {
  return {
    file: (objectKey) => {
      const found = files.get(objectKey);
      return found && fileAsset(path.resolve(found.base, found.source));
    },
    image: (uri) => {
      const found = images.get(uri.slice(uri.lastIndexOf(':') + 1));
      return found && { ...found.source, directory: path.resolve(found.base, found.source.directory) };
    },
  };
}

function fileAsset(file: string): FileAsset {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw new AssemblyError(`asset ${file} does not exist; run \`cdk synth\` again`);
  return { path: file, isDirectory: stats.isDirectory(), text: () => readFileSync(file, 'utf8') };
}

function artifactsIn(directory: string): JsonObject {
  const file = path.join(directory, 'manifest.json');
  const { version, artifacts } = readJson(file);
  if (typeof version !== 'string') {
    throw new AssemblyError(`${file} is no cloud assembly manifest: it has no version; run \`cdk synth\` first`);
  }
  return isObject(artifacts) ? artifacts : {};
}

function readJson(file: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AssemblyError(`cannot read ${file} (${(error as NodeJS.ErrnoException).code}); run \`cdk synth\` first`, {
      cause: error,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AssemblyError(`${file} is no JSON: ${(error as Error).message}; run \`cdk synth\` again`, { cause: error });
  }
  if (!isObject(value)) throw new AssemblyError(`${file} holds no JSON object; run \`cdk synth\` again`);
  return value;
}

function required(properties: unknown, name: string, id: string, directory: string): string {
  const value = textOf(own(properties, name));
  if (value === undefined) {
    throw new AssemblyError(`${path.join(directory, 'manifest.json')}: artifact "${id}" has no ${name}; run \`cdk synth\` again`);
  }
  return value;
}

function values(object: unknown) {
  return isObject(object) ? Object.values(object) : [];
}
