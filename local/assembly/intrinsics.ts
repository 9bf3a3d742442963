import { cidrBlocks } from './cidr';
import { isObject, type Json, own, textOf, type Value } from './json';
import { holdsUnresolved } from './problems';
import type { Scope } from './scope';
import type { Site } from './site';
import { substitute } from './substitute';

/** One use of an intrinsic function. */
export interface Call {
  readonly scope: Scope;
  readonly site: Site;
  resolve(value: Json): Value;
  /** For a branch of `Fn::If`, which is a property like any other. */
  resolveBranch(value: Json): Value;
  /** Reports an argument of the wrong shape, and gives what stands in for the result. */
  refuse(expected: string): string;
}

type Intrinsic = (argument: Json, call: Call) => Value;

const functions: Record<string, Intrinsic> = {
  Ref: (argument, call) =>
    typeof argument === 'string' ? call.scope.ref(argument, call.site) : call.refuse('the name of a parameter or resource'),

  'Fn::GetAtt': (argument, call) => {
    const [logicalId, attribute] = typeof argument === 'string' ? splitOnce(argument, '.') : list(call.resolve(argument), 2);
    return typeof logicalId === 'string' && typeof attribute === 'string'
      ? call.scope.attribute(logicalId, attribute, call.site)
      : call.refuse('[logicalId, attribute]');
  },

  'Fn::Join': (argument, call) => {
    const [delimiter, items] = list(call.resolve(argument), 2);
    const texts = texted(items);
    return typeof delimiter === 'string' && texts ? texts.join(delimiter) : call.refuse('[delimiter, [text, …]]');
  },

  'Fn::Sub': (argument, call) => {
    const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, 2);
    const values = variables === undefined ? undefined : call.resolve(variables);
    return typeof template === 'string' && isObject(values)
      ? substitute(template, values, call)
      : call.refuse('text, or [text, {variable: value}]');
  },

  'Fn::Select': (argument, call) => {
    const [index, items] = list(call.resolve(argument), 2);
    const position = Number(textOf(index) || Number.NaN);
    if (!Array.isArray(items) || !Number.isInteger(position)) return call.refuse('[index, [item, …]]');
    return items[position] ?? items.find(isUnresolved) ?? call.refuse(`an index from 0 to ${items.length - 1} of its list`);
  },

  'Fn::Split': (argument, call) => {
    const [delimiter, text] = list(call.resolve(argument), 2);
    return typeof delimiter === 'string' && delimiter !== '' && typeof text === 'string'
      ? text.split(delimiter)
      : call.refuse('[delimiter, text]');
  },

  'Fn::FindInMap': (argument, call) => {
    const parts = call.resolve(argument);
    if (!Array.isArray(parts)) return call.refuse('[map, key, key]');
    const [map, first, second] = parts.slice(0, 3).map(textOf);
    if (map === undefined || first === undefined || second === undefined) return call.refuse('[map, key, key]');
    return (
      call.scope.mapping(map, first, second) ??
      own(parts[3], 'DefaultValue') ??
      call.refuse('keys that the map has, or a DefaultValue')
    );
  },

  'Fn::If': (argument, call) => {
    const [name, whenTrue, whenFalse] = list(argument, 3);
    if (typeof name !== 'string' || whenTrue === undefined || whenFalse === undefined) {
      return call.refuse('[condition, value, otherwise]');
    }
    return call.resolveBranch(call.scope.condition(name, call.site) ? whenTrue : whenFalse);
  },

  'Fn::Equals': (argument, call) => {
    if (!Array.isArray(argument) || argument.length !== 2) return call.refuse('[value, value]');
    const [left, right] = argument.map((side) => call.resolve(side));
    return (textOf(left) ?? JSON.stringify(left)) === (textOf(right) ?? JSON.stringify(right));
  },
  'Fn::And': (argument, call) => combine(argument, call, (operands) => operands.every(Boolean)),
  'Fn::Or': (argument, call) => combine(argument, call, (operands) => operands.some(Boolean)),
  'Fn::Not': (argument, call) => {
    const [operand, ...more] = conditions(argument, call) ?? [];
    return operand === undefined || more.length > 0 ? call.refuse('[condition]') : !operand;
  },

  'Fn::ImportValue': (argument, call) => {
    const name = call.resolve(argument);
    return typeof name === 'string' ? call.scope.importValue(name, call.site) : call.refuse('the name of an export');
  },
  'Fn::GetStackOutput': (argument, call) => {
    const given = call.resolve(argument);
    const [stack, output] = [own(given, 'StackName'), own(given, 'OutputName')];
    const region = own(given, 'Region') ?? call.scope.region;
    return typeof stack === 'string' && typeof output === 'string' && typeof region === 'string'
      ? call.scope.stackOutput(stack, output, region, call.site)
      : call.refuse('{StackName, OutputName, Region?}');
  },

  'Fn::Base64': (argument, call) => {
    const text = textOf(call.resolve(argument));
    if (text === undefined) return call.refuse('text');
    // encoded, the mark of an unknown value would be seen by nobody
    return holdsUnresolved(text) ? text : Buffer.from(text).toString('base64');
  },
  'Fn::GetAZs': (argument, call) => {
    const region = call.resolve(argument);
    if (typeof region !== 'string') return call.refuse('a region, or ""');
    return ['a', 'b', 'c'].map((zone) => (region || call.scope.region) + zone);
  },
  'Fn::Cidr': (argument, call) => {
    const [block, count, bits] = texted(call.resolve(argument)) ?? [];
    return (
      cidrBlocks(block, Number(count), Number(bits ?? 8)) ??
      call.refuse('[IPv4 block, count from 1 to 256, bits of each] that fit into the block')
    );
  },
  'Fn::Length': (argument, call) => {
    const items = call.resolve(argument);
    return Array.isArray(items) ? items.length : call.refuse('a list');
  },
  'Fn::ToJsonString': (argument, call) => {
    const value = call.resolve(argument);
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : call.refuse('an object or a list');
  },
};

export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map(Object.entries(functions));

/** The items of a list of exactly that many. */
function list(value: Value, length: number): Json[] {
  return Array.isArray(value) && value.length === length ? value : [];
}

function texted(items: Value): string[] | undefined {
  if (!Array.isArray(items)) return undefined;
  const texts = items.map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function splitOnce(text: string, delimiter: string): (string | undefined)[] {
  const index = text.indexOf(delimiter);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function isUnresolved(value: Json): boolean {
  return typeof value === 'string' && holdsUnresolved(value);
}

function combine(argument: Json, call: Call, by: (operands: boolean[]) => boolean): Value {
  const operands = conditions(argument, call);
  return operands && operands.length >= 2 ? by(operands) : call.refuse('at least two conditions');
}

/** Operands of And, Or and Not. `Condition` names one only here: elsewhere it is a property like any other. */
function conditions(argument: Json, call: Call): boolean[] | undefined {
  if (!Array.isArray(argument)) return undefined;
  const operands = argument.map((operand) => {
    const name = own(operand, 'Condition');
    return typeof name === 'string' ? (call.scope.condition(name, call.site) ?? false) : call.resolve(operand);
  });
  return operands.every((operand) => typeof operand === 'boolean') ? operands : undefined;
}
