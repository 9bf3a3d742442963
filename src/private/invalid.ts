import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { cut } from './cut';

/** An error that names the construct if there is one, the prop, the value received and the way out. */
export function invalid(prop: string, value: unknown, fix: string, at?: IConstruct): Error {
  return new Error(`${at ? `${at.node.path}: ` : ''}${prop} received ${show(value)}; ${fix}`);
}

function show(value: unknown): string {
  if (Token.isUnresolved(value)) {
    return 'a token';
  }
  // JSON has neither NaN nor Infinity, and undefined is no JSON
  return cut(typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined'), 200);
}
