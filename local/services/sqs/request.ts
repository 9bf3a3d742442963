import type { Json } from '../../engine/host';
import { asText } from '../as-text';
import type { JsonObject } from '../aws-service';
import { invalidValue, missing } from './errors';

/** Reads members of a request as their types; SDKs for queries once sent numbers as texts, and Step Functions still may. */
export function text(input: JsonObject, member: string): string {
  const value = optionalText(input, member);
  if (value === undefined) throw missing(member);
  return value;
}

export function optionalText(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidValue(member, value, 'Must be a string.');
  return value;
}

export function optionalInteger(input: JsonObject, member: string, least: number, most: number): number | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most) {
    throw invalidValue(member, value, `Must be an integer from ${least} to ${most}.`);
  }
  return number;
}

export function list(input: JsonObject, member: string): Json[] {
  const value = input[member] ?? [];
  if (!Array.isArray(value)) throw invalidValue(member, value, 'Must be a list.');
  return value;
}

export function texts(input: JsonObject, member: string): string[] {
  return list(input, member).map(asText);
}

export function object(input: JsonObject, member: string): JsonObject {
  const value = input[member] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidValue(member, value, 'Must be a map.');
  return value as JsonObject;
}
