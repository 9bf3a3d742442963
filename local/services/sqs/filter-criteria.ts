import type { Json } from '../../engine/host';
import { asText } from '../as-text';
import { compilePattern } from '../events/pattern/event-pattern';
import { PatternError } from '../events/pattern/pattern-error';
import { invalidValue } from './errors';

/** FilterCriteria of an event source mapping: a record is accepted by one of the patterns, which look into a body of JSON. */
export function compileFilters(patterns: readonly string[]): (record: Json) => boolean {
  const compiled = patterns.map(compile);
  return (record) => {
    const { body, ...others } = record as { [name: string]: Json };
    const seen = { ...others, body: parsed(asText(body)) ?? body! };
    return compiled.some((matches) => matches(seen));
  };
}

function compile(pattern: string) {
  try {
    return compilePattern(parsed(pattern) ?? null);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw invalidValue('FilterCriteria', pattern, error.message);
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
