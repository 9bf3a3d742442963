import type { Eventual } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import type { Json } from '../host';
import { isObject } from '../json';
import type { Scope } from '../scope';

/** The role that a task is done under, as events show it. */
export type Credentials = (input: Json, scope: Scope) => Eventual<{ readonly roleArn: string } | undefined>;

export function compileCredentials(fields: Fields): Credentials | undefined {
  const source = fields.object('Credentials');
  if (source === undefined) return undefined;
  const inner = fields.nested(source, 'Credentials');
  if (!inner.has('RoleArn.$')) inner.require('RoleArn');
  if (fields.language === 'JSONPath') {
    const template = fields.payloadTemplate('Credentials');
    return (input, scope) => role(template?.(input, scope));
  }
  const template = fields.jsonataTemplate('Credentials');
  return async (input, scope) => role(await template?.({ input }, scope));
}

function role(credentials: Json | undefined): { roleArn: string } | undefined {
  return isObject(credentials) ? { roleArn: String(credentials.RoleArn) } : undefined;
}
