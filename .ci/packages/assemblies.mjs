import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How many differences of one file are named: the first ones tell where, the rest repeats it. */
const SHOWN_PER_FILE = 5;
const CONTEXT = 60;

/** Differ between languages by nature: stack traces, and the CLI that each language's newest schema package asks for. */
const isOfLanguage = (file) => file.endsWith('.metadata.json') || file === 'manifest.json';

/** Where two cloud assemblies differ, a line each; empty when templates and assets are equal byte for byte. */
export function differences(expected, actual) {
  const [left, right] = [filesOf(expected), filesOf(actual)];
  return [
    ...left.filter((file) => !right.includes(file)).map((file) => `${file}: missing`),
    ...right.filter((file) => !left.includes(file)).map((file) => `${file}: unexpected`),
    ...left.filter((file) => right.includes(file)).flatMap((file) => differencesOfFile(expected, actual, file)),
  ];
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => statSync(join(folder, file)).isFile() && !isOfLanguage(file))
    .sort();
}

function differencesOfFile(expected, actual, file) {
  const [left, right] = [expected, actual].map((folder) => readFileSync(join(folder, file)));
  if (left.equals(right)) return [];
  if (!file.endsWith('.json')) return [`${file}: the bytes differ`];
  const found = [...differencesOfValue(JSON.parse(left), JSON.parse(right), [])];
  if (found.length === 0) return [`${file}: the same values in another order or layout`];
  const rest = found.length - SHOWN_PER_FILE;
  return [
    ...found.slice(0, SHOWN_PER_FILE).map((difference) => `${file}: ${difference}`),
    ...(rest > 0 ? [`${file}: and ${rest} more`] : []),
  ];
}

function* differencesOfValue(left, right, path) {
  if (typeof left === 'object' && typeof right === 'object' && left !== null && right !== null) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      yield* differencesOfValue(left[key], right[key], [...path, key]);
    }
  } else if (left !== right) {
    const [a, b] = excerpts(JSON.stringify(left) ?? 'nothing', JSON.stringify(right) ?? 'nothing');
    yield `${path.join('.')}: ${a} became ${b}`;
  }
}

/** A definition is one long string: of both, what surrounds the first difference. */
function excerpts(left, right) {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const from = Math.max(0, at - CONTEXT);
  return [left, right].map((text) => {
    const cut = text.slice(from, at + CONTEXT);
    return `${from > 0 ? '…' : ''}${cut}${at + CONTEXT < text.length ? '…' : ''}`;
  });
}
