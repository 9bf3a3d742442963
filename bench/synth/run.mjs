// 100 PurchaseRefundWorkflows against the same template written with raw CDK: node bench/synth/run.mjs [--rounds N]
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { alternate, commandLine, median, printTable, ratios, save } from '../measure.mjs';
import { compileConstructs } from '../prepare.mjs';

// on CPU time, which other programs on the machine disturb less than the time on the wall
const GOAL = 1.1;
const PHASES = {
  load: (times) => times.load,
  construct: (times) => times.construct,
  synth: (times) => times.synth,
  'construct + synth': (times) => times.construct + times.synth,
  'CPU time of both': (times) => times.cpu,
};

const { rounds } = commandLine(21);
compileConstructs();
const folder = mkdtempSync(join(tmpdir(), 'bench-synth-'));
try {
  // the first run of each side warms the disk's cache and is not counted
  await runApp('patterns');
  await runApp('raw');
  const resources = assertSameTemplates();
  const samples = await alternate(rounds, { patterns: () => runApp('patterns'), raw: () => runApp('raw') });
  report(samples, resources);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function runApp(side) {
  const app = fileURLToPath(new URL('app.mjs', import.meta.url));
  // newer versions of aws-cdk-lib start a validator of constant cost at each synth, which would hide a difference
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  const { stdout } = await promisify(execFile)(process.execPath, [app, side, join(folder, side)], { env });
  return JSON.parse(stdout);
}

/** Returns how many resources each side has. */
function assertSameTemplates() {
  const [patterns, raw] = ['patterns', 'raw'].map(readTemplates);
  for (const [file, template] of Object.entries(raw)) {
    for (const [id, resource] of Object.entries(template.Resources)) {
      assert.deepEqual(patterns[file]?.Resources[id], resource); // a short difference to read, before all are compared
    }
  }
  assert.ok(isDeepStrictEqual(patterns, raw), 'the templates differ: bring bench/synth/raw.cjs up to date');
  const resources = Object.values(raw).flatMap((template) => Object.values(template.Resources));
  const machines = resources.filter((resource) => resource.Type === 'AWS::StepFunctions::StateMachine');
  assert.equal(machines.length, 100);
  return resources.length;
}

function readTemplates(side) {
  const files = readdirSync(join(folder, side)).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(files.map((file) => [file, JSON.parse(readFileSync(join(folder, side, file), 'utf8'))]));
}

function report({ patterns, raw }, resources) {
  const phases = Object.entries(PHASES).map(([phase, of]) => {
    const times = { patterns: patterns.map(of), raw: raw.map(of) };
    return {
      phase,
      medianMs: { patterns: median(times.patterns), raw: median(times.raw) },
      ratio: ratios(times.patterns, times.raw),
    };
  });
  console.log(`100 PurchaseRefundWorkflows, ${resources} resources, equal templates; ${rounds} rounds`);
  console.log('each side in a process of its own per round; node itself is not counted\n');
  printTable(
    ['median', 'patterns', 'raw CDK', 'ratio', 'of pairs', 'middle half'],
    phases.map(({ phase, medianMs, ratio }) => [
      phase,
      `${medianMs.patterns.toFixed(0)} ms`,
      `${medianMs.raw.toFixed(0)} ms`,
      ratio.ofMedians.toFixed(2),
      ratio.ofPairs.toFixed(2),
      ratio.middleHalfOfPairs.map((value) => value.toFixed(2)).join('-'),
    ]),
  );
  const cpu = phases.find(({ phase }) => phase === 'CPU time of both').ratio;
  const reached = Math.max(cpu.ofMedians, cpu.ofPairs) <= GOAL;
  console.log(`\ngoal: at most ${GOAL.toFixed(2)} times the CPU time of raw CDK: ${reached ? 'reached' : 'missed'}`);
  save('synth', { rounds, resources, goal: GOAL, phases, samplesMs: { patterns, raw } });
}
