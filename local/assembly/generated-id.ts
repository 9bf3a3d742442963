import { createHash } from 'node:crypto';

const UPPER = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const HEX = '0123456789abcdef';

const SUFFIX_LENGTH = 12;

/** The random part of a generated id; here it follows from the seed, so that ids stay the same from run to run. */
function characters(seed: string, length: number, alphabet: string): string {
  const bytes = createHash('sha512').update(seed).digest();
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** `Stack-LogicalId-ABC123…`, as CloudFormation names what the template does not name, cut to the limit of the type. */
export function generatedName(parts: readonly string[], seed: string, limit: number): string {
  const room = limit - SUFFIX_LENGTH - parts.length;
  const whole = parts.reduce((sum, part) => sum + part.length, 0) <= room;
  const cut = whole ? parts : parts.map((part) => part.slice(0, Math.floor(room / parts.length)));
  return [...cut, characters(seed, SUFFIX_LENGTH, UPPER)].join('-');
}

/** e.g. the id of an API. */
export function lowerCaseId(seed: string, length: number): string {
  return characters(seed, length, LOWER);
}

/** e.g. the part of `vpc-0a1b2c…` after the dash. */
export function hexId(seed: string, length: number): string {
  return characters(seed, length, HEX);
}

export function uuid(seed: string): string {
  const hex = hexId(seed, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
