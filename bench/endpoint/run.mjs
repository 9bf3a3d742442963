// The endpoint beside its peers: node bench/endpoint/run.mjs [--rounds N] [--alone] [--quick]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, printTable, save } from '../measure.mjs';
import { Boto } from './boto.mjs';
import { growth } from './growth.mjs';
import { createMachine, runExecution } from './load.mjs';
import { input, passChoiceSucceed } from './machines.mjs';
import { Server } from './server.mjs';
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
await Promise.all([own, ...peers].filter(({ failure }) => !failure).map(tryOut));
if (own.failure) throw new Error(own.failure);
const sides = [own, ...peers.filter(({ failure }) => !failure)];
const boto = alone ? {} : botoClient();
try {
  const rows = [
    ...(await startUp(sides, rounds)),
    ...(await speed(sides, { rounds, boto: boto.client, ...extent })),
    ...(await memoryOfWaiting(sides, extent)),
    ...(await growth(sides, extent)),
  ];
  report(rows);
} finally {
  boto.client?.close();
}

/** A side that cannot be measured says so in the table, and leaves the others to be measured. The disk's cache is warm then. */
async function tryOut(side) {
  try {
    const server = await Server.start(side, 1);
    try {
      await runExecution(server.client, await createMachine(server.client, 'Trial', passChoiceSucceed), input);
    } finally {
      await server.stop();
    }
  } catch (error) {
    side.failure = error.message;
  }
}

function botoClient() {
  try {
    return { client: new Boto(pythonWithBoto()) };
  } catch (error) {
    return { failure: error.message };
  }
}

function report(rows) {
  console.log('Pass, Choice, Succeed over HTTP, from StartExecution to SUCCEEDED seen by');
  console.log(`DescribeExecution; starts and exec/s: medians of ${rounds} rounds in turn; others: once`);
  console.log('lean: node:http with kept connections; *: ahead, of the sides in the table\n');
  printTable(['', own.name, ...peers.map(({ name }) => name)], rows.map(cells));
  const notes = [
    ...peers.map(told),
    ...(boto.failure ? [told({ name: 'boto3', ...boto })] : []),
    ...rows.flatMap(({ notes = [] }) => notes),
  ];
  console.log(notes.map((note) => `\n- ${note}`).join(''));
  if (!quick) save('endpoint', { rounds, ...extent, notes, rows });
}

function told({ name, version, note, failure }) {
  if (failure) return `${name}: not measured, ${failure.split('\n')[0]}`;
  return [`${name} ${version}`, note].filter(Boolean).join(': ');
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
