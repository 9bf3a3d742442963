import type { Eventual } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import type { Scope } from '../scope';

/** The bucket, and whatever else names a place in it. */
export type S3Target = (data: Json, scope: Scope) => Eventual<JsonObject>;

/** Compiles Parameters, or Arguments in JSONata. */
export function compileS3Target(fields: Fields): S3Target {
  if (fields.language === 'JSONata') {
    const template = fields.jsonataTemplate('Arguments');
    return async (input, scope) => asObject(await template?.({ input }, scope));
  }
  const template = fields.payloadTemplate('Parameters');
  return (data, scope) => asObject(template?.(data, scope));
}

export function textOf(target: JsonObject, name: string): string {
  const value = target[name];
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
