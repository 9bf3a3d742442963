import type { Eventual } from '../control/suspensions';
import type { Json } from '../host';
import type { JsonObject } from '../json';
import type { Scope } from '../scope';
import type { Fields } from './fields';

const MAX_NAME = 80;
const NAME = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/** Compiles Assign in JSONPath; absent where there is none. */
export function compilePathAssign(fields: Fields): ((data: Json, scope: Scope) => JsonObject) | undefined {
  checkNames(fields, (key) => key.replace(/\.\$$/, ''));
  return fields.payloadTemplate('Assign') as ((data: Json, scope: Scope) => JsonObject) | undefined;
}

/** Compiles Assign in JSONata; absent where there is none. */
export function compileJsonataAssign(fields: Fields): ((states: JsonObject, scope: Scope) => Eventual<JsonObject>) | undefined {
  checkNames(fields, (key) => key);
  return fields.jsonataTemplate('Assign') as ((states: JsonObject, scope: Scope) => Eventual<JsonObject>) | undefined;
}

function checkNames(fields: Fields, nameOf: (key: string) => string): void {
  for (const key of Object.keys(fields.object('Assign') ?? {})) {
    const name = nameOf(key);
    if (name === 'states' || name.length > MAX_NAME || !NAME.test(name)) {
      fields.complain(`Value is not a valid variable name: ${name}`, `Assign/${key}`);
    }
  }
}
