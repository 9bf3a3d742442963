// The demo: installs, builds and synthesizes what is missing or old, then runs the purchase and refund workflows.
// Plain Node.js, since it begins before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

const ROUTE = 'PurchaseRefund: ProcessTransaction';
const PURCHASE = 'PurchaseRefund: ProcessPurchase';
const REFUND = 'PurchaseRefund: ProcessRefund';
const UNKNOWN = 'PurchaseRefund: ProcessTransaction: UnknownChoice';

/** What is run, and how it must end. */
const SCENES = [
  {
    title: 'A purchase',
    input: { TransactionType: 'PURCHASE' },
    expected: { status: 'SUCCEEDED', path: [ROUTE, PURCHASE], failures: [] },
  },
  {
    title: 'A refund',
    input: { TransactionType: 'REFUND' },
    expected: { status: 'SUCCEEDED', path: [ROUTE, REFUND], failures: [] },
  },
  {
    title: 'An unknown transaction type: an error with a name, and a cause that tells',
    input: { TransactionType: 'EXCHANGE' },
    expected: { status: 'FAILED', error: 'UnknownChoice', path: [ROUTE, UNKNOWN], failures: [] },
  },
  {
    title: 'No transaction type at all',
    input: { Amount: 12 },
    expected: { status: 'FAILED', error: 'UnknownChoice', path: [ROUTE, UNKNOWN], failures: [] },
  },
  {
    title: 'A function that fails once, and is retried with the same idempotency key',
    input: { TransactionType: 'PURCHASE', Simulate: 'busy-once' },
    expected: { status: 'SUCCEEDED', path: [ROUTE, PURCHASE], failures: ['PaymentProviderBusy'] },
  },
  {
    title: 'A function that fails for good, and is caught',
    input: { TransactionType: 'PURCHASE', Simulate: 'declined' },
    expected: { status: 'SUCCEEDED', path: [ROUTE, PURCHASE, 'CardDeclined'], failures: ['CardDeclined'] },
  },
];

const PYTHON_SCENES = SCENES.slice(0, 2).map((scene) => ({
  ...scene,
  machine: 'PythonOrders',
  title: `${scene.title}, by the Python functions`,
}));

const help = `Usage: npm run demo [-- --input JSON]

Runs the purchase and refund workflow on this machine: without --input the
scenes of the demo, with it one execution of your own.
`;

async function main() {
  const { values } = parseArgs({ options: { input: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  await install();
  await build();
  const app = mkdtempSync(join(tmpdir(), 'purchase-refund-'));
  try {
    await synthesize(app);
    return values.input === undefined ? await play(app) : runOne(app, values.input);
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}

async function install() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  await step('installing packages (about a minute)', 'npm', ['ci', '--no-audit', '--no-fund']);
}

async function build() {
  if (isOlder('assets/local/index.js', ['local', '.ci/bundle.mjs']))
    await step('bundling the local engine', 'node', ['.ci/bundle.mjs']);
  if (isOlder('.jsii', ['src', 'package.json'])) {
    const jsii = ['node_modules/jsii/bin/jsii', '--silence-warnings=reserved-word'];
    await step('compiling the constructs (some ten seconds)', 'node', jsii);
  }
}

async function synthesize(app) {
  const tsNode = ['node_modules/ts-node/dist/bin.js', '-T', 'examples/typescript/purchase-refund/app.ts'];
  await step('synthesizing examples/typescript/purchase-refund', 'node', tsNode, { CDK_OUTDIR: app });
}

function runOne(app, input) {
  const cli = join(root, 'assets', 'local', 'cli.js');
  return spawnSync(process.execPath, [cli, 'run', 'Orders', '--app', app, '--input', input], { stdio: 'inherit' }).status ?? 1;
}

async function play(directory) {
  const { loadAssembly, renderReport, terminalOf } = require(join(root, 'assets', 'local', 'index.js'));
  const terminal = terminalOf(process.stdout, process.env);
  const python = spawnSync('python3', ['--version']).status === 0;
  const app = loadAssembly(directory, { clock: 'real' });
  const wrong = [];
  try {
    for (const { title, machine = 'Orders', input, expected } of python ? [...SCENES, ...PYTHON_SCENES] : SCENES) {
      process.stdout.write(`\n${'─'.repeat(terminal.columns)}\n${title}\n\n`);
      const report = await app.machine(machine).run(input);
      process.stdout.write(renderReport(report, terminal));
      const actual = {
        status: report.status,
        ...(report.error !== undefined && { error: report.error }),
        path: report.path,
        failures: report.visits.flatMap((visit) => visit.failures.map((failure) => failure.error)),
      };
      if (!isDeepStrictEqual(actual, expected)) wrong.push({ title, expected, actual });
    }
  } finally {
    await app.close();
  }
  process.stdout.write(`\n${'─'.repeat(terminal.columns)}\n`);
  if (!python) process.stdout.write('python3 was not found: the Python functions were left out.\n');
  for (const { title, expected, actual } of wrong) {
    process.stderr.write(
      `${title}: ended otherwise than it should\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(actual)}\n`,
    );
  }
  if (wrong.length > 0) return 1;
  process.stdout.write('All ended as they should. One of your own:\n');
  process.stdout.write(`  npm run demo -- --input '{"TransactionType":"REFUND"}'\n`);
  return 0;
}

/** Runs a command, showing that it goes on; what it printed is shown only where it failed. */
function step(title, command, args, environment = {}) {
  const begun = Date.now();
  const seconds = () => `${Math.round((Date.now() - begun) / 1000)} s`;
  const live = process.stderr.isTTY;
  const show = (text) => process.stderr.write(live ? `\r\u001b[2K${text}` : `${text}\n`);
  show(`${title} …`);
  const ticker = setInterval(() => show(`${title} … ${seconds()}`), live ? 1000 : 15_000);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let printed = '';
    const keep = (chunk) => {
      printed = (printed + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      process.stderr.write(`\n${printed}\n`);
      reject(new Error(`${title}: '${command} ${args.join(' ')}' ended with ${code}`));
    });
  }).finally(() => {
    clearInterval(ticker);
    show(`${title}: ${seconds()}`);
    if (live) process.stderr.write('\n');
  });
}

/** Whether a built file is missing, or older than a file it is built from. */
function isOlder(built, sources) {
  const file = join(root, built);
  if (!existsSync(file)) return true;
  const age = statSync(file).mtimeMs;
  const newer = (path) => {
    const stat = statSync(path);
    return stat.isDirectory() ? readdirSync(path).some((entry) => newer(join(path, entry))) : stat.mtimeMs > age;
  };
  return sources.some((source) => newer(join(root, source)));
}

// until the end is reached, an early one is no success
process.exitCode = 1;
main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
