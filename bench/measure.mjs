import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

const FEWEST_ROUNDS = 5;
const WIDEST_TABLE = 80;

/** A benchmark's command line: the option `--rounds N`, and flags, which are off unless they are given. */
export function commandLine(roundsByDefault, ...flags) {
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean', default: false }]));
  const { values } = parseArgs({ options: { ...options, rounds: { type: 'string', default: String(roundsByDefault) } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS) {
    throw new Error(`--rounds received ${values.rounds}; use a whole number of at least ${FEWEST_ROUNDS}`);
  }
  return { ...values, rounds };
}

/**
 * Measures the sides in turn, one sample of each per round, and keeps the samples of a round at the same index.
 *
 * Whatever slows the machine meets all sides alike; every other round goes backwards, so that no side is always the first.
 */
export async function alternate(rounds, sides) {
  const names = Object.keys(sides);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      samples[name].push(await sides[name]());
    }
  }
  return samples;
}

export function median(values) {
  return quantile(values, 0.5);
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/** One side over the other: of the medians, and of the pairs measured in the same round: their median and middle half. */
export function ratios(over, under) {
  const pairs = over.map((value, round) => value / under[round]);
  return {
    ofMedians: median(over) / median(under),
    ofPairs: median(pairs),
    middleHalfOfPairs: [quantile(pairs, 0.25), quantile(pairs, 0.75)],
  };
}

/** Prints rows under their heads: texts to the left, the rest to the right. */
export function printTable(heads, rows) {
  const widths = heads.map((head, column) => Math.max(...[head, ...rows.map((row) => row[column])].map((cell) => cell.length)));
  const lines = [heads, widths.map((width) => '-'.repeat(width)), ...rows].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '),
  );
  if (lines[0].length > WIDEST_TABLE) {
    throw new Error(`the table is ${lines[0].length} columns wide; shorten its cells to fit ${WIDEST_TABLE}`);
  }
  console.log(lines.join('\n'));
}

/** Writes what was measured, and on what, to `bench/results/<name>.json`. */
export function save(name, result) {
  const folder = new URL('./results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
  };
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify({ date: new Date(), machine, ...result }, undefined, 2)}\n`);
  console.log(`\nsamples: bench/results/${name}.json`);
}
