import { ErrorName, EvaluationFailure } from '../failures';
import type { Json } from '../host';
import { type Path, readPath } from '../jsonpath/path';
import { Reader } from '../jsonpath/reader';
import type { Scope } from '../scope';
import { FUNCTIONS, type IntrinsicFunction } from './functions';

/** A compiled call such as `States.Format('Hello, {}', $.name)`. */
export interface Call {
  evaluate(data: Json, scope: Scope): Json;
}

type Argument = (data: Json, scope: Scope) => Json;

export function compileCall(text: string): Call {
  const reader = new Reader(text);
  reader.space();
  const call = readCall(reader);
  reader.space();
  if (!reader.ended) throw reader.error('the end of the function call');
  return { evaluate: call };
}

function readCall(reader: Reader): Argument {
  const start = reader.position;
  const name = reader.match(/States\.[A-Za-z0-9]+/y);
  const implementation = name === undefined ? undefined : FUNCTIONS[name];
  if (implementation === undefined) throw reader.error('the name of an intrinsic function');
  const args = readArguments(reader, name === 'States.Format');
  const { arity } = implementation;
  if (args.length < arity[0] || args.length > arity[1]) throw reader.error(`${arity.join(' to ')} arguments`);
  return invoke(implementation, args, reader.text.slice(start, reader.position));
}

function invoke(implementation: IntrinsicFunction, args: readonly Argument[], text: string): Argument {
  return (data, scope) => {
    const values = args.map((argument) => argument(data, scope));
    try {
      return implementation.apply(values, scope.host);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError)) throw error;
      throw new EvaluationFailure(ErrorName.intrinsic, `The function '${text}' had the following error: ${error.message}`);
    }
  };
}

/** @param template whether the first argument is a template, which itself tells `{}` from `\\{\\}` */
function readArguments(reader: Reader, template: boolean): Argument[] {
  const args: Argument[] = [];
  reader.space();
  reader.expect('(');
  reader.space();
  if (reader.skip(')')) return args;
  do {
    reader.space();
    args.push(readArgument(reader, template && args.length === 0));
    reader.space();
  } while (reader.skip(','));
  reader.expect(')');
  return args;
}

function readArgument(reader: Reader, template: boolean): Argument {
  if (reader.peek() === '$') {
    const path: Path = readPath(reader);
    return path.read;
  }
  if (reader.text.startsWith('States.', reader.position)) return readCall(reader);
  if (reader.peek() !== "'") return constant(readLiteral(reader));
  const text = readString(reader);
  return constant(template ? text : text.replace(/\\(.)/g, '$1'));
}

function constant(value: Json): Argument {
  return () => value;
}

/** Only quotes, braces and the backslash itself can be escaped; the escapes are left in. */
function readString(reader: Reader): string {
  const quoted = reader.match(/'(?:[^'\\]|\\['{}\\])*'/y);
  if (quoted === undefined) throw reader.error("a string in single quotes, in which only ', {, } and \\ are escaped");
  return quoted.slice(1, -1);
}

function readLiteral(reader: Reader): Json {
  const word = reader.match(/true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
  if (word === undefined) throw reader.error('a path, a string, a number, true, false, null or a function call');
  return JSON.parse(word);
}
