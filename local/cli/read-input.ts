import { readFileSync } from 'node:fs';
import type { Json } from '../engine/host';
import { type Io, UsageError } from './command';

/** The value of `--input`: a JSON text, `@file`, or `-` for standard input. */
export async function readInput(argument: string, io: Io): Promise<Json> {
  const [text, source] = await inputText(argument, io);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UsageError(`--input: ${source} is not JSON: ${(error as Error).message}`);
  }
}

async function inputText(argument: string, io: Io): Promise<[text: string, source: string]> {
  if (argument === '-') {
    const chunks: string[] = [];
    const decoder = new TextDecoder();
    for await (const chunk of io.stdin) chunks.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
    return [chunks.join(''), 'standard input'];
  }
  if (!argument.startsWith('@')) return [argument, `'${argument.slice(0, 60)}'`];
  const file = argument.slice(1);
  try {
    return [readFileSync(file, 'utf8'), file];
  } catch (error) {
    throw new UsageError(`--input: cannot read ${file}: ${(error as Error).message}`);
  }
}
