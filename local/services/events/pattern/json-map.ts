import type { Json } from '../../../engine/host';

export type JsonMap = { [name: string]: Json };

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
