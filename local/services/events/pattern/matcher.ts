import { BlockList, isIP } from 'node:net';
import { wildcard } from '../../../engine/choice/wildcard';
import type { Json } from '../../../engine/host';
import { isMap } from './json-map';
import { numericMatcher } from './numeric';
import { PatternError } from './pattern-error';

/** Whether a value is meant; undefined is asked where there is none. */
export type Matcher = (value: Json | undefined) => boolean;

type MakeMatcher = (operand: Json) => Matcher;

const KINDS: { readonly [kind: string]: MakeMatcher } = {
  prefix: (operand) => affix('prefix', operand, (text, prefix) => text.startsWith(prefix)),
  suffix: (operand) => affix('suffix', operand, (text, suffix) => text.endsWith(suffix)),
  'equals-ignore-case': (operand) => {
    const wanted = textOf('equals-ignore-case', operand).toLowerCase();
    return onText((text) => text.toLowerCase() === wanted);
  },
  wildcard: (operand) => onText(wildcard(textOf('wildcard', operand))),
  numeric: numericMatcher,
  cidr: (operand) => cidr(textOf('cidr', operand)),
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw new PatternError('exists match pattern must be either true or false.');
    return (value) => (value !== undefined) === operand;
  },
  'anything-but': anythingBut,
};

/** One element of a pattern's list: a value, or an object such as `{ prefix: 'a' }`. */
export function compileMatcher(element: Json): Matcher {
  if (Array.isArray(element))
    throw new PatternError('a value must be a string, a number, true, false, null or a match expression');
  if (!isMap(element)) return (value) => value === element;
  const [kind, ...more] = Object.keys(element);
  if (kind === undefined || more.length > 0) throw new PatternError('Only one key allowed in match expression');
  if (!Object.hasOwn(KINDS, kind)) throw new PatternError(`Unrecognized match type ${kind}`);
  return KINDS[kind]!(element[kind]!);
}

/** A value, values, or a match expression whose operand may be a list; a field that is not there does not match. */
function anythingBut(operand: Json): Matcher {
  const excluded = isMap(operand) ? spread(operand) : [operand].flat();
  if (excluded.length === 0) throw new PatternError('Empty arrays are not allowed: "anything-but"');
  const matchers = excluded.map(compileMatcher);
  return (value) => value !== undefined && !matchers.some((matches) => matches(value));
}

const NEGATED = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

/** `{ prefix: ['a', 'b'] }` means what `[{ prefix: 'a' }, { prefix: 'b' }]` does. */
function spread(expression: { [kind: string]: Json }): Json[] {
  const kind = Object.keys(expression)[0] ?? '';
  if (!NEGATED.has(kind)) throw new PatternError(`Unsupported anything-but pattern: ${kind}`);
  const { [kind]: operand, ...others } = expression;
  return [operand ?? null].flat().map((one) => ({ [kind]: one, ...others }));
}

function affix(kind: string, operand: Json, holds: (text: string, affix: string) => boolean): Matcher {
  if (isMap(operand)) {
    const wanted = textOf(`${kind} equals-ignore-case`, operand['equals-ignore-case'] ?? null).toLowerCase();
    return onText((text) => holds(text.toLowerCase(), wanted));
  }
  const wanted = textOf(kind, operand);
  return onText((text) => holds(text, wanted));
}

function cidr(range: string): Matcher {
  const [address = '', bits = ''] = range.split('/');
  const version = isIP(address);
  if (version === 0 || !/^\d+$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) {
    throw new PatternError(`Malformed CIDR, one '/' required: ${range}`);
  }
  const addresses = new BlockList();
  addresses.addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  return onText((text) => isIP(text) === version && addresses.check(text, version === 4 ? 'ipv4' : 'ipv6'));
}

function onText(holds: (text: string) => boolean): Matcher {
  return (value) => typeof value === 'string' && holds(value);
}

function textOf(kind: string, operand: Json): string {
  if (typeof operand !== 'string') throw new PatternError(`${kind} match pattern must be a string`);
  return operand;
}
