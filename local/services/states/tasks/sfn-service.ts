import type { Json } from '../../../engine';
import { asText } from '../../as-text';
import type { AwsService, JsonObject } from '../../aws-service';
import type { JsonService } from '../../http/json-service';

/** Texts that hold JSON: Step Functions writes other values as JSON into them. */
const JSON_TEXTS = new Set(['definition', 'input', 'output', 'mock', 'context', 'variables']);

/** Step Functions as `aws-sdk:sfn` tasks call it: members in Pascal case, dates as text. */
export class SfnService implements AwsService {
  readonly name = 'sfn';

  constructor(private readonly states: JsonService) {}

  async call(operation: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject> {
    const members = Object.entries(renamed(input, lowered) as JsonObject).map(([name, value]) => [
      name,
      JSON_TEXTS.has(name) ? asText(value) : value,
    ]);
    const output = await this.states.handle(operation, Object.fromEntries(members), { signal });
    return renamed(JSON.parse(JSON.stringify(output)) as Json, capitalised) as JsonObject;
  }
}

/** No member of this API is a map of a user's own names but `variableReferences`, whose names stay. */
function renamed(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (/^variableReferences$/i.test(name)) return [rename(name), member];
      const isDate = typeof member === 'number' && /(Date|^timestamp)$/.test(name);
      return [rename(name), isDate ? new Date(member * 1000).toISOString() : renamed(member, rename)];
    }),
  );
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
