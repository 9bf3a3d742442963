import type { Eventual } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import type { Json } from '../host';
import { compileCall } from '../intrinsics/call';
import { compileField } from '../jsonpath/payload-template';
import type { Scope } from '../scope';

type TextField = (input: Json, scope: Scope) => Eventual<Json>;

/** Compiles Error and Cause: a text, an expression, or in ErrorPath and CausePath a path or an intrinsic function. */
export function compileText(fields: Fields, name: string): TextField | undefined {
  if (fields.language === 'JSONata') {
    const template = fields.jsonataTemplate(name);
    return template && ((input, scope) => template({ input }, scope));
  }
  fields.atMostOne(name, `${name}Path`);
  const path = fields.string(`${name}Path`);
  if (path !== undefined) return compilePathOrCall(fields, `${name}Path`, path);
  const text = fields.string(name);
  return text === undefined ? undefined : () => text;
}

function compilePathOrCall(fields: Fields, name: string, text: string): TextField | undefined {
  try {
    return text.startsWith('$') ? compileField(name, text) : compileCall(text).evaluate;
  } catch {
    fields.complain(`The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`);
    return undefined;
  }
}
