import { isObject, type Json, own, textOf, type Value } from './json';
import type { Site } from './site';

/** What `Ref` to a parameter of the template gives. */
export function parameterValue(name: string, declaration: Json, given: Value, site: Site): Value {
  const type = textOf(own(declaration, 'Type')) ?? 'String';
  if (!isObject(declaration)) return site.unresolved(name, `parameter "${name}" is not declared as an object; give it a Type`);
  if (given === undefined && type.startsWith('AWS::SSM::Parameter')) {
    return site.unresolved(
      name,
      `parameter "${name}" is read from the SSM parameter "${textOf(declaration.Default)}" at deployment; ${fix(name)}`,
    );
  }
  const value = given ?? own(declaration, 'Default');
  if (value === undefined) return site.unresolved(name, `parameter "${name}" has no default; ${fix(name)}`);
  return typed(value, type);
}

function fix(name: string): string {
  return `give it: parameters: { ${name}: '…' }`;
}

function typed(value: Json, type: string): Json {
  const text = textOf(value);
  if (text === undefined) return value;
  if (type === 'Number') return numeric(text);
  if (type !== 'CommaDelimitedList' && !type.includes('List<')) return text;
  const items = text.split(',').map((item) => item.trim());
  return type === 'List<Number>' ? items.map(numeric) : items;
}

function numeric(text: string): Json {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}
