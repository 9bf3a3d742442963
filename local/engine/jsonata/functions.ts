import jsonata, { type Expression, type Focus } from 'jsonata';
import type { Host, Json } from '../host';
import { partition, range } from '../intrinsics/arrays';
import { seededRandom } from '../intrinsics/seeded-random';
import { hash } from '../intrinsics/text';
import { parseJson } from '../json';

/** Where the functions find the host; no expression can name it. */
const HOST = '%host';
const NOW = '%now';

/** What every evaluation binds for the functions: time stands still while an expression is evaluated. */
export function surroundings(host: Host): Record<string, unknown> {
  return { [HOST]: host, [NOW]: host.clock.now() };
}

const FORMAT_TIME = jsonata('$fromMillis($now, $picture, $timezone)');

/** What AWS adds to JSONata, and what takes time and chance from the host. */
export const FUNCTIONS: Record<string, Parameters<Expression['registerFunction']>[1]> = {
  partition: (items?: Json, size?: number) =>
    items === undefined ? undefined : partition(asArray(items), Math.floor(size ?? 0)),
  range: (first: number, last: number, step: number) => asResult(range(first, last, step)),
  hash: (data?: Json, algorithm = 'SHA-256') => (data === undefined ? undefined : hash(data, algorithm)),
  parse: (text?: string) => (text === undefined ? undefined : parseJson(text)),
  random(seed?: number) {
    return seed === undefined ? hostOf(this).random() : seededRandom(seed);
  },
  uuid() {
    return hostOf(this).uuid();
  },
  shuffle(items?: Json) {
    return items === undefined ? undefined : shuffle(asArray(items), hostOf(this));
  },
  millis() {
    return this.environment.lookup(NOW);
  },
  now(picture?: string, timezone?: string) {
    return FORMAT_TIME.evaluate(null, { now: this.environment.lookup(NOW), picture, timezone });
  },
};

function hostOf({ environment }: Focus): Host {
  return environment.lookup(HOST);
}

function asArray(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}

/** JSONata takes an array of one element for the element. */
function asResult(items: Json[]): Json | undefined {
  return items.length > 1 ? items : items[0];
}

function shuffle(items: readonly Json[], host: Host): Json[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(host.random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}
