// Executions per second of machines without tasks, beside a peer: node bench/engine/run.mjs [--rounds N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { alternate, commandLine, median, printTable, ratios, save } from '../measure.mjs';
import { machines } from './machines.mjs';
import { ownEngine, peerEngine } from './sides.mjs';

const SAMPLE_MS = 500;
const WARM_UP_MS = 1000;
const EXECUTIONS_PER_LOOK_AT_THE_CLOCK = 10;

const { rounds } = commandLine(9);
const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
try {
  const prepareOwn = await ownEngine(folder);
  const peer = await peerEngine(folder);
  const rows = [];
  for (const machine of machines) {
    rows.push(await measure(machine, prepareOwn, peer.prepare));
  }
  report(rows, peer.version);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Measures both sides, or the own one alone where the peer does not run the machine to the end it must have. */
async function measure(machine, prepareOwn, preparePeer) {
  const sides = { own: prepareOwn(machine) };
  let peerFailure;
  try {
    const peer = preparePeer(machine);
    peer.check(await peer.run());
    sides.peer = peer;
  } catch (error) {
    peerFailure = error.message;
  }
  for (const side of Object.values(sides)) {
    await executionsPerSecond(side, WARM_UP_MS);
  }
  const samplers = Object.entries(sides).map(([name, side]) => [name, () => executionsPerSecond(side, SAMPLE_MS)]);
  const samples = await alternate(rounds, Object.fromEntries(samplers));
  return { title: machine.title, visits: machine.visits, samples, peerFailure };
}

/** One execution after the other for at least `milliseconds`; the last one is checked outside of the time. */
async function executionsPerSecond({ run, check }, milliseconds) {
  const start = performance.now();
  let executions = 0;
  let elapsed = 0;
  let last;
  while (elapsed < milliseconds) {
    for (let i = 0; i < EXECUTIONS_PER_LOOK_AT_THE_CLOCK; i++) {
      last = await run();
    }
    executions += EXECUTIONS_PER_LOOK_AT_THE_CLOCK;
    elapsed = performance.now() - start;
  }
  check(last);
  return (executions / elapsed) * 1000;
}

function report(rows, version) {
  console.log(`Executions of task-free machines, one at a time, in process; ${rounds} rounds`);
  console.log(`own: this engine, full history kept and checked; peer: aws-local-stepfunctions ${version}`);
  console.log('/s: executions per second; µs: microseconds per transition\n');
  const results = rows.map(({ title, visits, samples, peerFailure }) => ({
    title,
    own: speed(samples.own, visits),
    ...(samples.peer ? { peer: speed(samples.peer, visits), ratio: ratios(samples.own, samples.peer) } : { peerFailure }),
    samples,
  }));
  printTable(['median', 'own/s', 'own µs', 'peer/s', 'peer µs', 'ratio', 'of pairs', 'faster'], results.map(cells));
  for (const { title, peerFailure } of results.filter(({ peer }) => !peer)) {
    console.log(`\n- ${title}: no race, the peer did not end as it must:\n  ${peerFailure.split('\n')[0].slice(0, 76)}`);
  }
  save('engine', { rounds, sampleMs: SAMPLE_MS, peer: `aws-local-stepfunctions ${version}`, results });
}

function speed(samples, visits) {
  const executionsPerSecond = median(samples);
  return { executionsPerSecond, microsecondsPerTransition: 1e6 / executionsPerSecond / visits };
}

function cells({ title, own, peer, ratio }) {
  const shown = (side) => [side.executionsPerSecond.toFixed(0), side.microsecondsPerTransition.toFixed(2)];
  return peer
    ? [
        title,
        ...shown(own),
        ...shown(peer),
        ratio.ofMedians.toFixed(2),
        ratio.ofPairs.toFixed(2),
        ratio.ofMedians > 1 ? 'own' : 'peer',
      ]
    : [title, ...shown(own), '-', '-', '-', '-', '-'];
}
