import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import { compileTemplate as compileJsonataTemplate, type Template as JsonataTemplate } from '../jsonata/template';
import { compilePath, type Path } from '../jsonpath/path';
import { compileTemplate as compilePayloadTemplate, type Template as PayloadTemplate } from '../jsonpath/payload-template';
import { compileReferencePath, type ReferencePath } from '../jsonpath/reference-path';
import type { Problem, ProblemCode } from './problems';

export type QueryLanguage = 'JSONPath' | 'JSONata';
export type MachineType = 'STANDARD' | 'EXPRESS';

/** What all parts of a definition share while it is compiled. */
export interface Compilation {
  readonly type: MachineType;
  /** The machine's own language, which states have that name none. */
  readonly language: QueryLanguage;
  readonly problems: Problem[];
}

/**
 * The fields of one object of a definition. Each is read once, checked and compiled as it is read;
 * what nobody read is not part of the language.
 */
export class Fields {
  private readonly read = new Set(['Comment']);

  constructor(
    readonly source: JsonObject,
    readonly location: string,
    readonly compilation: Compilation,
    readonly language: QueryLanguage,
    private readonly inState = '',
  ) {}

  has(name: string): boolean {
    return Object.hasOwn(this.source, name);
  }

  take(name: string): Json | undefined {
    this.read.add(name);
    return this.has(name) ? this.source[name] : undefined;
  }

  /** @param name the field at fault; the object itself where absent */
  complain(message: string, name?: string, code: ProblemCode = 'SCHEMA_VALIDATION_FAILED'): void {
    this.compilation.problems.push({ code, location: this.at(name), message });
  }

  refuse(what: string, name?: string): void {
    this.complain(`${what} is not supported by this engine`, name, 'NOT_SUPPORTED');
  }

  require(...names: string[]): void {
    for (const name of names) if (!this.has(name)) this.complain(`The field '${name}' is required but was missing`);
  }

  atMostOne(...names: string[]): void {
    const present = names.filter((name) => this.has(name));
    if (present.length > 1) this.complain(`At most one of these fields is allowed: [${present.join(', ')}]`);
  }

  string(name: string): string | undefined {
    return this.typed(name, 'a string', (value) => typeof value === 'string') as string | undefined;
  }

  boolean(name: string): boolean | undefined {
    return this.typed(name, 'a boolean', (value) => typeof value === 'boolean') as boolean | undefined;
  }

  object(name: string): JsonObject | undefined {
    return this.typed(name, 'an object', isObject) as JsonObject | undefined;
  }

  array(name: string): Json[] | undefined {
    return this.typed(name, 'an array', Array.isArray) as Json[] | undefined;
  }

  number(name: string, least: number, most = Number.POSITIVE_INFINITY): number | undefined {
    const range = most === Number.POSITIVE_INFINITY ? `a number not less than ${least}` : `a number from ${least} to ${most}`;
    return this.typed(name, range, (value) => typeof value === 'number' && value >= least && value <= most) as number | undefined;
  }

  integer(name: string, least: number, most = 99_999_999): number | undefined {
    const isInteger = (value: Json) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    return this.typed(name, `an integer from ${least} to ${most}`, isInteger) as number | undefined;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.take(name);
    if (value === undefined || values.includes(value as T)) return value as T | undefined;
    this.complain(`The field '${name}' should have one of these values: [${values.join(', ')}]`, name);
    return undefined;
  }

  /** Null is read as null: it stands for the empty object. */
  path(name: string): Path | null | undefined {
    const value = this.take(name);
    if (value === undefined || value === null) return value;
    return this.compiled(name, value, 'a valid JSONPath', compilePath);
  }

  referencePath(name: string): ReferencePath | null | undefined {
    const value = this.take(name);
    if (value === undefined || value === null) return value;
    return this.compiled(name, value, 'a valid Reference Path', compileReferencePath);
  }

  payloadTemplate(name: string): PayloadTemplate | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    return compilePayloadTemplate(value, this.at(name), (field, location) => {
      const message = `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`;
      this.compilation.problems.push({ code: 'SCHEMA_VALIDATION_FAILED', location, message });
    });
  }

  jsonataTemplate(name: string): JsonataTemplate | undefined {
    const value = this.take(name);
    return value === undefined ? undefined : this.jsonata(name, value);
  }

  /** A field as causes name it, counted from the state. */
  placeInState(name: string): string {
    return this.inState === '' ? name : join(this.inState, name);
  }

  /** Fields of objects inside this one are compiled with the same language. */
  nested(source: JsonObject, ...path: (string | number)[]): Fields {
    const inState = path.reduce<string>(join, this.inState).replace(/^\//, '');
    return new Fields(source, path.reduce<string>(join, this.location), this.compilation, this.language, inState);
  }

  /** A branch or an item processor inside a state: its states have the machine's language, not that of the state. */
  graph(source: JsonObject, ...path: (string | number)[]): Fields {
    return new Fields(source, path.reduce<string>(join, this.location), this.compilation, this.compilation.language);
  }

  /** Reports what nobody has read. */
  finish(): void {
    for (const name of Object.keys(this.source)) if (!this.read.has(name)) this.complain('Field is not supported', name);
  }

  private jsonata(name: string, value: Json): JsonataTemplate {
    return compileJsonataTemplate(value, this.placeInState(name), (location, reason) => {
      this.complain(`The JSONata expression of the field '${location}' is invalid: ${reason}`, name);
    });
  }

  private compiled<T>(name: string, value: Json, expected: string, compile: (text: string) => T): T | undefined {
    try {
      if (typeof value === 'string') return compile(value);
    } catch {
      // reported below, in AWS's words
    }
    this.complain(`Value is not ${expected}: ${JSON.stringify(value)}`, name);
    return undefined;
  }

  private typed(name: string, expected: string, accepts: (value: Json) => boolean): Json | undefined {
    const value = this.take(name);
    if (value === undefined || accepts(value)) return value;
    this.complain(`Expected ${expected} but was: ${JSON.stringify(value)}`, name);
    return undefined;
  }

  private at(name?: string): string {
    return name === undefined ? this.location || '/' : join(this.location, name);
  }
}

/** Indexes follow without a slash, as AWS shows them: `/States/P/Branches[0]/StartAt`. */
function join(location: string, part: string | number): string {
  return typeof part === 'number' ? `${location}[${part}]` : `${location}/${part}`;
}
