import type { ExprNode } from 'jsonata';
import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import type { Scope } from '../scope';

/** Gives what JSONata would give; undefined where only JSONata itself can tell. */
export type Shortcut = (states: JsonObject, scope: Scope) => Json | undefined;

type Comparison = (left: Json, right: Json) => boolean | undefined;

/**
 * Compiles what most expressions are: a literal, a path of names from a variable, comparisons of the two, and conjunctions of those.
 * JSONata takes some hundred promises for one. Undefined for any other expression.
 */
export function compileShortcut(node: ExprNode): Shortcut | undefined {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return hasOnly(node, 'value') ? () => node.value : undefined;
    case 'variable':
    case 'path' as ExprNode['type']:
      return compilePath(node);
    case 'binary':
      return compileBinary(node);
    default:
      return undefined;
  }
}

/** Predicates, groups, sorting and the like all are further fields of a node. */
function hasOnly(node: ExprNode, ...fields: string[]): boolean {
  return Object.keys(node).every((name) => name === 'type' || name === 'position' || fields.includes(name));
}

function compilePath(node: ExprNode): Shortcut | undefined {
  const [root, ...steps] = node.type === 'variable' ? [node] : (node.steps ?? []);
  const plain = node.type === 'variable' || hasOnly(node, 'steps');
  if (!plain || root.type !== 'variable' || root.value === '' || !hasOnly(root, 'value')) return undefined;
  if (!steps.every((step) => step.type === 'name' && hasOnly(step, 'value'))) return undefined;
  const names = steps.map((step) => String(step.value));
  if (root.value !== 'states') return (_states, scope) => walk(scope.variables[root.value], names, 0);
  if (names.length === 0) return undefined;
  if (names[0] === 'context') return (_states, scope) => walk(scope.context, names, 1);
  return (states) => walk(states, names, 0);
}

/** Over arrays a path means more than going from field to field; so does what JSONata could take for a function. */
function walk(start: Json | undefined, names: readonly string[], from: number): Json | undefined {
  let value = start;
  for (let i = from; i < names.length; i++) {
    if (!isObject(value) || !Object.hasOwn(value, names[i]) || '_jsonata_function' in value || '_jsonata_lambda' in value)
      return undefined;
    value = value[names[i]];
  }
  return value;
}

function compileBinary(node: ExprNode): Shortcut | undefined {
  const { lhs, rhs } = node as { lhs: ExprNode; rhs: ExprNode };
  const operator = String(node.value);
  if (!hasOnly(node, 'value', 'lhs', 'rhs')) return undefined;
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  const decides = operator === 'or' ? true : operator === 'and' ? false : undefined;
  if (compare === undefined && decides === undefined) return undefined;
  const [left, right] = [compileShortcut(lhs), compileShortcut(rhs)];
  if (left === undefined || right === undefined) return undefined;
  if (compare !== undefined) return comparison(compare, left, right);
  return (states, scope) => {
    const first = left(states, scope);
    if (typeof first !== 'boolean' || first === decides) return typeof first === 'boolean' ? first : undefined;
    const second = right(states, scope);
    return typeof second === 'boolean' ? second : undefined;
  };
}

function comparison(compare: Comparison, left: Shortcut, right: Shortcut): Shortcut {
  return (states, scope) => {
    const [first, second] = [left(states, scope), right(states, scope)];
    return first === undefined || second === undefined ? undefined : compare(first, second);
  };
}

function equality(equal: boolean): Comparison {
  return (left, right) => {
    const scalar = (value: Json) => typeof value !== 'object' || value === null;
    return scalar(left) && scalar(right) ? (left === right) === equal : undefined;
  };
}

/** What has no order is an error, which JSONata words. */
function ordering(holds: (left: string | number, right: string | number) => boolean): Comparison {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left, right);
    return typeof left === 'string' && typeof right === 'string' ? holds(left, right) : undefined;
  };
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': equality(true),
  '!=': equality(false),
  '<': ordering((left, right) => left < right),
  '<=': ordering((left, right) => left <= right),
  '>': ordering((left, right) => left > right),
  '>=': ordering((left, right) => left >= right),
};
