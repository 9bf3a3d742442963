import { AssemblyError } from './errors';
import { isObject, type JsonObject, textOf, type Value } from './json';
import type { Assets } from './model';
import type { Site } from './site';

export interface NestedTemplate {
  /** Its key in S3, which tells templates apart. */
  readonly key: string;
  readonly template: JsonObject;
}

/** The template of a nested stack, found among the assets by the URL it would be uploaded to. */
export function nestedTemplate(url: Value, ancestors: readonly string[], assets: Assets, site: Site): NestedTemplate | undefined {
  const text = textOf(url) ?? '';
  const key = text.slice(text.lastIndexOf('/') + 1);
  const asset = assets.file(key);
  if (asset === undefined || ancestors.includes(key)) {
    const why = asset === undefined ? 'is not an asset of this app' : 'contains itself';
    site.report(`template "${text}" ${why}; the resources of this nested stack are left out`);
    return undefined;
  }
  return { key, template: parse(asset.path, asset.text()) };
}

function parse(file: string, text: string): JsonObject {
  try {
    const template: unknown = JSON.parse(text);
    return isObject(template) ? template : {};
  } catch (error) {
    throw new AssemblyError(`${file} is no JSON: ${(error as Error).message}; run \`cdk synth\` again`, { cause: error });
  }
}
