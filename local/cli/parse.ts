import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './command';

type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>>;
type Options = NonNullable<ParseArgsConfig['options']>;

/** `parseArgs` of Node.js, its complaints turned into usage errors. */
export function parse<T extends Options>(args: string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Refuses arguments that a command does not take. */
export function noMore([first]: readonly string[]): void {
  if (first !== undefined) throw new UsageError(`'${first}' is one argument too many`);
}
