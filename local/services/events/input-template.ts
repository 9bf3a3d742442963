import type { Json } from '../../engine/host';
import { validationError } from './errors';
import { readPath } from './read-path';
import type { TargetContext } from './target';

/** InputTransformer as the API has it. */
export interface InputTemplate {
  readonly InputPathsMap?: { readonly [name: string]: string };
  readonly InputTemplate: string;
}

/** A placeholder, or a quote, which opens or ends a JSON string. */
const PART = /\\.|"|<([A-Za-z0-9._-]+)>/g;

type Read = (event: Json, context: TargetContext) => Json | undefined;

const PREDEFINED: { readonly [name: string]: Read } = {
  'aws.events.rule-arn': (_, { ruleArn }) => ruleArn,
  'aws.events.rule-name': (_, { ruleName }) => ruleName,
  'aws.events.event.ingestion-time': (_, { ingestionTime }) => ingestionTime,
  'aws.events.event': (event) => withoutDetail(event),
  'aws.events.event.json': (event) => event,
};

/** Fills a template with what its paths lead to in an event. */
export function readInputTemplate({ InputPathsMap, InputTemplate: template }: InputTemplate) {
  const paths = Object.entries(InputPathsMap ?? {}).map(([name, path]): [string, Read] => [name, readPath(path)]);
  const readers = new Map<string, Read>([...Object.entries(PREDEFINED), ...paths]);
  for (const [, name] of template.matchAll(PART)) {
    if (name !== undefined && !readers.has(name)) {
      throw validationError(`InputTemplate names <${name}>, which InputPathsMap does not have; add it there`);
    }
  }
  return (event: Json, context: TargetContext): string => {
    let quoted = false;
    return template.replace(PART, (part: string, name: string | undefined) => {
      if (part === '"') quoted = !quoted;
      if (name === undefined) return part;
      const value = readers.get(name)!(event, context);
      return quoted ? inString(value) : JSON.stringify(value ?? null);
    });
  };
}

/** A text stands without its quotes where the template has them; what is not there leaves nothing. */
function inString(value: Json | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function withoutDetail(event: Json): Json {
  const { detail: _, ...others } = event as { [name: string]: Json };
  return others;
}
