import type { Json } from '../../engine/host';

// The shapes that a client of the AWS SDK describes its operations by: https://github.com/smithy-lang/smithy-typescript, packages
// core/schema and types/schema. Nested shapes are written as functions, simple ones as numbers.

type Ref = unknown;
type Shape = readonly [kind: number, namespace: string, name: string, traits: unknown, ...rest: unknown[]];

const LIST = 1;
const MAP = 2;
const STRUCTURES = new Set([3, -3, 4]);
const BLOBS = new Set([21, 42]);
const TIMESTAMPS = new Set([4, 5, 6, 7]);
const LIST_OF = 64;
const MAP_OF = 128;

/** Input and output of an operation; undefined where a client of before 2026 does not tell. */
export function operationShapes(schema: unknown): { readonly input: Ref; readonly output: Ref } | undefined {
  return Array.isArray(schema) && schema.length > 5 ? { input: schema[4], output: schema[5] } : undefined;
}

/** A task's parameters as the client takes them: members by its own spelling, texts where it wants bytes or dates. */
export function toClient(value: Json, ref: Ref): unknown {
  return convert(value, ref, {
    member: (name, members) => members.find((member) => member.toLowerCase() === name.toLowerCase()) ?? name,
    simple: (one, kind) => {
      if (typeof one !== 'string') return one;
      if (BLOBS.has(kind)) return Buffer.from(one);
      return TIMESTAMPS.has(kind) ? new Date(one) : one;
    },
  });
}

/** What the client answered, as Step Functions gives it to a state: members in Pascal case, dates and bytes as text. */
export function fromClient(value: unknown, ref: Ref): Json {
  return convert(value, ref, {
    member: (name) => name.charAt(0).toUpperCase() + name.slice(1),
    simple: (one) => {
      if (one instanceof Date) return one.toISOString().replace('.000Z', 'Z');
      return one instanceof Uint8Array ? Buffer.from(one).toString() : one;
    },
  }) as Json;
}

interface Rules {
  member(name: string, members: readonly string[]): string;
  simple(value: unknown, kind: number): unknown;
}

function convert(value: unknown, ref: Ref, rules: Rules): unknown {
  const shape = shapeOf(ref);
  if (typeof shape === 'number') {
    if (shape >= MAP_OF) return entries(value, shape - MAP_OF, rules);
    if (shape >= LIST_OF) return items(value, shape - LIST_OF, rules);
    return rules.simple(value, shape);
  }
  if (shape === undefined) return rules.simple(value, 0);
  if (shape[0] === LIST) return items(value, shape[4], rules);
  if (shape[0] === MAP) return entries(value, shape[5], rules);
  if (!STRUCTURES.has(shape[0])) return rules.simple(value, Number(shape[4]));
  const names = shape[4] as readonly string[];
  const refs = shape[5] as readonly Ref[];
  return eachMember(value, (name, member) => {
    const known = names.find((one) => one.toLowerCase() === name.toLowerCase());
    return [rules.member(name, names), convert(member, known === undefined ? undefined : refs[names.indexOf(known)], rules)];
  });
}

function items(value: unknown, ref: Ref, rules: Rules): unknown {
  return Array.isArray(value) ? value.map((item) => convert(item, ref, rules)) : value;
}

function entries(value: unknown, ref: Ref, rules: Rules): unknown {
  return eachMember(value, (key, entry) => [key, convert(entry, ref, rules)]);
}

function eachMember(value: unknown, change: (name: string, member: unknown) => readonly [string, unknown]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => change(name, member)));
}

/** A number, or what it points to: `() => shape`, `[ref, traits]`, `[0, namespace, name, traits, ref]`. */
function shapeOf(ref: Ref): number | Shape | undefined {
  if (typeof ref === 'number' || ref === undefined) return ref;
  if (typeof ref === 'function') return shapeOf(ref());
  if (!Array.isArray(ref)) return undefined;
  if (typeof ref[1] !== 'string') return shapeOf(ref[0]);
  return ref[0] === 0 ? shapeOf(ref[4]) : (ref as unknown as Shape);
}
