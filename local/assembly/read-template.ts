import { AppScope } from './app-scope';
import type { Assembly } from './assembly';
import type { JsonObject } from './json';
import { DEFAULT_ACCOUNT, DEFAULT_REGION, type ReadOptions } from './options';
import { resolveApp } from './resolve-app';

export interface ReadTemplateOptions extends ReadOptions {
  /** @default Stack */
  readonly stackName?: string;
}

/** Reads a template that has no cloud assembly around it, hence no assets and no other stacks. */
export function readTemplate(template: object, options: ReadTemplateOptions = {}): Assembly {
  const { stackName: name = 'Stack', region = DEFAULT_REGION, account = DEFAULT_ACCOUNT, parameters = {} } = options;
  const stack = { id: name, name, path: name, region, account };
  const source = { stack, template: template as JsonObject, constructPath: () => undefined };
  return resolveApp(new AppScope([source], { file: () => undefined, image: () => undefined }, parameters));
}
