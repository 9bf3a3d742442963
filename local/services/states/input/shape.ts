import { serializationError } from '../../http/aws-error';

/** What a value of a request must look like. */
export interface Shape<T> {
  /** Reads a JSON value. What AWS's model forbids is added to `violations`; throws for a value of another type. */
  read(value: unknown, at: string, violations: string[]): T;
  /** Whether messages leave the value out. */
  readonly sensitive?: boolean;
  /** What AWS calls a structure when a message shows one. */
  readonly typeName?: string;
}

export type ValueOf<S> = S extends Shape<infer T> ? T : never;

export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  /** In UTF-8. */
  readonly maxBytes?: number;
  /** As AWS writes it; all of the text must match. */
  readonly pattern?: string;
  readonly sensitive?: boolean;
}

export function text({ min = 0, max = Number.POSITIVE_INFINITY, maxBytes, pattern, sensitive }: TextLimits = {}): Shape<string> {
  const allowed = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  return {
    sensitive,
    read(value, at, violations) {
      if (typeof value !== 'string') throw notA('String', value);
      const violated = (constraint: string) => violations.push(violation(sensitive ? undefined : value, at, constraint));
      if (value.length < min) violated(`Member must have length greater than or equal to ${min}`);
      if (value.length > max) violated(`Member must have length less than or equal to ${max}`);
      if (allowed?.test(value) === false) violated(`Member must satisfy regular expression pattern: ${pattern}`);
      if (maxBytes !== undefined && exceedsUtf8(value, maxBytes)) {
        violated(`Member must have size less than or equal to ${maxBytes} bytes in UTF-8 encoding`);
      }
      return value;
    },
  };
}

export function oneOf<T extends string>(...values: readonly T[]): Shape<T> {
  return {
    read(value, at, violations) {
      if (typeof value !== 'string') throw notA('String', value);
      if (!values.includes(value as T)) {
        violations.push(violation(value, at, `Member must satisfy enum value set: [${values.join(', ')}]`));
      }
      return value as T;
    },
  };
}

export function integer(min: number, max: number): Shape<number> {
  return {
    read(given, at, violations) {
      if (typeof given !== 'number') throw notA('Integer', given);
      const value = Math.trunc(given);
      if (value < min) violations.push(violation(value, at, `Member must have value greater than or equal to ${min}`));
      if (value > max) violations.push(violation(value, at, `Member must have value less than or equal to ${max}`));
      return value;
    },
  };
}

export function decimal(min: number, max: number): Shape<number> {
  return {
    read(value, at, violations) {
      if (typeof value !== 'number') throw notA('Float', value);
      if (value < min) violations.push(violation(value, at, `Member must have value greater than or equal to ${min}`));
      if (value > max) violations.push(violation(value, at, `Member must have value less than or equal to ${max}`));
      return value;
    },
  };
}

export const flag: Shape<boolean> = {
  read(value) {
    if (typeof value !== 'boolean') throw notA('Boolean', value);
    return value;
  },
};

export function list<T>(member: Shape<T>, min = 0, max = Number.POSITIVE_INFINITY): Shape<readonly T[]> {
  return {
    read(value, at, violations) {
      if (!Array.isArray(value)) throw serializationError('Expected list or null');
      if (value.length < min) {
        violations.push(violation(shown(value, member.typeName), at, `Member must have length greater than or equal to ${min}`));
      }
      if (value.length > max) {
        violations.push(violation(shown(value, member.typeName), at, `Member must have length less than or equal to ${max}`));
      }
      return value.map((item, index) => member.read(item, `${at}.${index + 1}.member`, violations));
    },
  };
}

/** By the name of each member. */
type Members = { readonly [name: string]: Shape<unknown> };

export type StructureOf<R extends Members, O extends Members> = { readonly [name in keyof R]: ValueOf<R[name]> } & {
  readonly [name in keyof O]?: ValueOf<O[name]>;
};

/** An object of known members; null counts as absent, and members that AWS does not know are passed over. */
export function structure<R extends Members, O extends Members>(
  required: R,
  optional: O,
  typeName?: string,
): Shape<StructureOf<R, O>> {
  const members = [
    ...Object.entries(required).map(([name, shape]) => ({ name, shape, needed: true })),
    ...Object.entries(optional).map(([name, shape]) => ({ name, shape, needed: false })),
  ];
  return {
    typeName,
    read(value, at, violations) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw serializationError('Unexpected field type');
      const given = value as { readonly [name: string]: unknown };
      const read: { [name: string]: unknown } = {};
      for (const { name, shape, needed } of members) {
        const place = at === '' ? name : `${at}.${name}`;
        const member = Object.hasOwn(given, name) ? given[name] : undefined;
        if (member !== undefined && member !== null) read[name] = shape.read(member, place, violations);
        else if (needed) violations.push(violation(shape.sensitive ? undefined : null, place, 'Member must not be null'));
      }
      return read as StructureOf<R, O>;
    },
  };
}

function violation(value: string | number | null | undefined, at: string, constraint: string): string {
  const received = value === undefined ? '' : value === null ? ' null' : ` '${value}'`;
  return `Value${received} at '${at}' failed to satisfy constraint: ${constraint}`;
}

/** As Java prints objects. */
function shown(value: unknown, typeName = ''): string {
  if (Array.isArray(value)) return `[${value.map((item) => shown(item, typeName)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${shown(member)}`);
  return `${typeName}(${members.join(', ')})`;
}

function notA(type: string, value: unknown) {
  if (Array.isArray(value)) return serializationError('Start of list found where not expected');
  if (typeof value === 'object') return serializationError('Start of structure or map found where not expected');
  const token = typeof value === 'boolean' ? String(value).toUpperCase() : (typeof value).toUpperCase();
  return serializationError(`${token}_VALUE can not be converted to ${type === 'Integer' ? 'an' : 'a'} ${type}`);
}

function exceedsUtf8(value: string, limit: number): boolean {
  if (value.length * 3 <= limit) return false;
  return Buffer.byteLength(value) > limit;
}
