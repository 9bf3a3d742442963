import type { Eventual } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { ErrorName, EvaluationFailure, runtimeFailure } from '../failures';
import type { Json } from '../host';
import { isExpression } from '../jsonata/expression';
import type { Path } from '../jsonpath/path';
import { readOr } from '../jsonpath/read-field';
import type { Scope } from '../scope';
import { parseTimestamp } from './timestamp';

/** When to go on, in milliseconds since the epoch. */
type WakeTime = (input: Json, scope: Scope) => Eventual<number>;

const FORMS = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'];
const MAX_SECONDS = 99_999_999;

/** Compiles the one of the four forms that a Wait state has. */
export function compileWakeTime(fields: Fields): WakeTime {
  const present = FORMS.filter((form) => fields.has(form));
  if (present.length !== 1) fields.complain(`Exactly one of these fields is required: [${FORMS.join(', ')}]`);
  switch (present[0]) {
    case 'SecondsPath':
      return fromPath(fields, 'SecondsPath', secondsAt);
    case 'TimestampPath':
      return fromPath(fields, 'TimestampPath', timestampAt);
    case 'Timestamp':
      return isExpression(fields.take('Timestamp')) && fields.language === 'JSONata'
        ? timestampExpression(fields)
        : fixedTimestamp(fields);
    default:
      return isExpression(fields.take('Seconds')) && fields.language === 'JSONata'
        ? secondsExpression(fields)
        : fixedSeconds(fields);
  }
}

function fixedSeconds(fields: Fields): WakeTime {
  const seconds = fields.integer('Seconds', 0, MAX_SECONDS) ?? 0;
  return (_input, scope) => after(seconds, scope);
}

function fixedTimestamp(fields: Fields): WakeTime {
  const time = parseTimestamp(fields.string('Timestamp') ?? '');
  if (time === undefined) fields.complain('String does not match RFC3339 timestamp', 'Timestamp');
  return () => time ?? 0;
}

function after(seconds: number, scope: Scope): number {
  return scope.host.clock.now() + seconds * 1000;
}

function fromPath(fields: Fields, name: string, read: (value: Json, path: string, scope: Scope) => number): WakeTime {
  if (fields.language === 'JSONata') return () => 0; // reported as unknown to the language
  const path = fields.path(name) as Path | undefined;
  return (input, scope) => {
    if (path === undefined) return 0;
    const value = readOr(path, input, scope, () => `The ${name} parameter does not reference an input value: ${path.text}`);
    return read(value, path.text, scope);
  };
}

function secondsAt(value: Json, path: string, scope: Scope): number {
  const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) {
    throw runtimeFailure(`The SecondsPath parameter cannot be parsed as a long value: ${path} == ${shown(value)}`);
  }
  if (seconds < 0) throw runtimeFailure(`The SecondsPath parameter references a negative value: ${path} == ${seconds}`);
  return after(seconds, scope);
}

function timestampAt(value: Json, path: string): number {
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return time;
  throw runtimeFailure(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${shown(value)}`,
  );
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function secondsExpression(fields: Fields): WakeTime {
  return expression(fields, 'Seconds', (value, scope) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SECONDS) return after(value, scope);
    throw queryFailure(
      'Seconds',
      `The Seconds field must be an integer from 0 to ${MAX_SECONDS} but was: ${JSON.stringify(value)}`,
    );
  });
}

function timestampExpression(fields: Fields): WakeTime {
  return expression(fields, 'Timestamp', (value) => {
    const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (time !== undefined) return time;
    throw queryFailure(
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${shown(value)}`,
    );
  });
}

function expression(fields: Fields, name: string, read: (value: Json, scope: Scope) => number): WakeTime {
  const template = fields.jsonataTemplate(name);
  return async (input, scope) => read((await template?.({ input }, scope)) ?? null, scope);
}

function queryFailure(field: string, reason: string): EvaluationFailure {
  return new EvaluationFailure(ErrorName.queryEvaluation, reason, field);
}
