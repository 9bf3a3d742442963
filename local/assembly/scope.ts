import type { Value } from './json';
import type { Site } from './site';

/** What a template's surroundings answer. */
export interface Scope {
  readonly region: string;
  ref(name: string, site: Site): Value;
  attribute(logicalId: string, attribute: string, site: Site): Value;
  /** `undefined` when it is not known, which is then reported. */
  condition(name: string, site: Site): boolean | undefined;
  mapping(map: string, first: string, second: string): Value;
  importValue(exportName: string, site: Site): Value;
  stackOutput(stackName: string, output: string, region: string, site: Site): Value;
}
