import jsonata from 'jsonata';
import type { Host, Json } from '../host';
import { partition, range } from '../intrinsics/arrays';
import { seededRandom } from '../intrinsics/seeded-random';
import { hash } from '../intrinsics/text';

/** What AWS adds to JSONata, takes out of it, and what has to come from the host. */
export function functionsOf(host: Host): Record<string, unknown> {
  const now = host.clock.now();
  return {
    partition: (items?: Json, size?: number) =>
      items === undefined ? undefined : partition(asArray(items), Math.floor(size ?? 0)),
    range: (first: number, last: number, step: number) => asResult(range(first, last, step)),
    hash: (data?: Json, algorithm = 'SHA-256') => (data === undefined ? undefined : hash(data, algorithm)),
    random: (seed?: number) => (seed === undefined ? host.random() : seededRandom(seed)),
    uuid: () => host.uuid(),
    parse: (text?: string) => (text === undefined ? undefined : JSON.parse(text)),
    shuffle: (items?: Json) => (items === undefined ? undefined : shuffle(asArray(items), host)),
    millis: () => now,
    now: (picture?: string, timezone?: string) => FORMAT_TIME.evaluate(null, { now, picture, timezone }),
    eval: undefined,
  };
}

const FORMAT_TIME = jsonata('$fromMillis($now, $picture, $timezone)');

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
