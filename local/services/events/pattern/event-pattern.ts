import type { Json } from '../../../engine/host';
import { isMap, type JsonMap } from './json-map';
import { compileMatcher, type Matcher } from './matcher';
import { PatternError } from './pattern-error';

export type EventPattern = (event: Json) => boolean;

/**
 * An event pattern of EventBridge, or a filter policy of SNS: for each field it names, an event has one of the values.
 *
 * @throws PatternError
 */
export function compilePattern(pattern: Json): EventPattern {
  if (!isMap(pattern)) throw new PatternError('Filter is not an object');
  if (Object.keys(pattern).length === 0) throw new PatternError('Empty event pattern');
  return compileFields(pattern);
}

function compileFields(pattern: JsonMap): EventPattern {
  const fields = Object.entries(pattern).map(([name, value]) => (name === '$or' ? compileOr(value) : compileField(name, value)));
  return (event) => fields.every((matches) => matches(event));
}

function compileOr(alternatives: Json): EventPattern {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isMap)) {
    throw new PatternError('$or must be an array of at least two objects');
  }
  const patterns = alternatives.map((alternative) => compileFields(alternative as JsonMap));
  return (event) => patterns.some((matches) => matches(event));
}

function compileField(name: string, value: Json): EventPattern {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new PatternError(`Empty arrays are not allowed: "${name}"`);
    const matchers = value.map(compileMatcher);
    return (event) => hasLeaf(own(event, name), matchers);
  }
  if (!isMap(value)) throw new PatternError(`"${name}" must be an object or an array`);
  if (Object.keys(value).length === 0) throw new PatternError(`Empty objects are not allowed: "${name}"`);
  const fields = compileFields(value);
  // all fields of one and the same element; what is not there is still asked for, as by { exists: false }
  return (event) => {
    const inner = own(event, name);
    return Array.isArray(inner) ? inner.some(fields) : fields(inner ?? null);
  };
}

/** Of a list, one element is enough; a field that holds an object, or an empty list, has no value. */
function hasLeaf(value: Json | undefined, matchers: readonly Matcher[]): boolean {
  const values = (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter((one) => !isMap(one));
  return matchers.some((matches) => (values.length === 0 ? matches(undefined) : values.some(matches)));
}

function own(event: Json, name: string): Json | undefined {
  return isMap(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}
