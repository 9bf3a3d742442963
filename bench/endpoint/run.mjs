// The endpoint beside its peers: node bench/endpoint/run.mjs [--rounds N] [--alone] [--quick]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, printTable, save } from '../measure.mjs';
import { Boto } from './boto.mjs';
import { growth } from './growth.mjs';
import { ownSide, peerSides, pythonWithBoto } from './sides.mjs';
import { speed } from './speed.mjs';
import { startUp } from './start-up.mjs';
import { memoryOfWaiting } from './waiting.mjs';

const FULL = { sampleMs: 1000, executions: 10_000, counts: [1000, 10_000, 100_000], limitMs: 20_000 };
/** Shows that everything runs, and measures nothing to go by. */
const QUICK = { sampleMs: 50, executions: 100, counts: [100, 200], limitMs: 2000 };

const { rounds, alone, quick } = commandLine(5, 'alone', 'quick');
const extent = quick ? QUICK : FULL;
const folder = mkdtempSync(join(tmpdir(), 'bench-endpoint-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const own = await ownSide(folder);
const peers = alone ? [] : peerSides();
const sides = [own, ...peers.filter(({ failure }) => failure === undefined)];
const boto = alone ? undefined : new Boto(pythonWithBoto());
try {
  const rows = [
    ...(await startUp(sides, rounds)),
    ...(await speed(sides, { rounds, boto, ...extent })),
    ...(await memoryOfWaiting(sides, extent)),
    ...(await growth(sides, extent)),
  ];
  report(rows);
} finally {
  boto?.close();
}

function report(rows) {
  console.log('Pass, Choice, Succeed over HTTP, from StartExecution to SUCCEEDED seen by');
  console.log(`DescribeExecution; starts and exec/s: medians of ${rounds} rounds in turn; others: once`);
  console.log('lean: node:http with kept connections; *: ahead, of the sides in the table\n');
  printTable(['', own.name, ...peers.map(({ name }) => name)], rows.map(cells));
  const notes = [
    ...peers.map(({ name, version, note, failure }) =>
      failure ? `${name}: not measured, ${failure.split('\n')[0]}` : [`${name} ${version}`, note].filter(Boolean).join(': '),
    ),
    ...rows.flatMap(({ title, notes = [] }) => notes.map((note) => `${title}: ${note}`)),
  ];
  console.log(notes.map((note) => `\n- ${note}`).join(''));
  if (!quick) save('endpoint', { rounds, ...extent, notes, rows });
}

function cells({ title, less = false, values }) {
  const all = Object.values(values);
  const best = less ? Math.min(...all) : Math.max(...all);
  const shown = (value) => (value === undefined ? '-' : `${figures(value)}${all.length > 1 && value === best ? '*' : ''}`);
  return [title, ...[own, ...peers].map(({ name }) => shown(values[name]))];
}

/** Three figures are what the samples are good for. */
function figures(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
