import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const bundle = resolve(__dirname, '..', '..', '..', 'assets', 'local', 'index.js');

/** A test that passes and one that fails, for any runner. */
const suite = (runner: string) => `
${runner}
const { assertFailed, loadDefinition } = require(${JSON.stringify(bundle)});

const waitingFor = (Seconds) => ({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds, End: true } } });

test('a year passes', async () => {
  const execution = await loadDefinition(waitingFor(31536000)).machine().run();
  if (execution.stoppedAt - execution.startedAt !== 31536000000) throw new Error('it took another time');
});
test('a failing test fails', async () => {
  assertFailed(await loadDefinition(waitingFor(1)).machine().run());
});
`;

test('the kit works in node:test as it does in jest, and lets its process end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  const file = join(folder, 'year.test.cjs');
  writeFileSync(file, suite("const { test } = require('node:test');"));
  // the variable is how node:test knows itself in a child, and jest's own must not reach it
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env;
  let output = '';
  try {
    execFileSync(process.execPath, ['--test', '--test-reporter=tap', file], { encoding: 'utf8', env, timeout: 30_000 });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(output).toMatch(/^ *ok \d+ - a year passes$/m);
  expect(output).toMatch(/^ *not ok \d+ - a failing test fails$/m);
});

test('the kit works in vitest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitest-'));
  // an ES module, as vitest takes its tests
  const load = `import kit from ${JSON.stringify(bundle)};\nconst require = () => kit;`;
  writeFileSync(join(folder, 'year.test.mjs'), suite(load));
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, NODE_ENV: ___, ...env } = process.env;
  const vitest = resolve(__dirname, '..', '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
  let output = '';
  try {
    execFileSync(process.execPath, [vitest, 'run', '--globals', '--reporter=json'], {
      cwd: folder,
      encoding: 'utf8',
      env,
      timeout: 60_000,
    });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
  const { testResults } = JSON.parse(output) as { testResults: { assertionResults: { title: string; status: string }[] }[] };
  expect(testResults.flatMap(({ assertionResults }) => assertionResults)).toMatchObject([
    { title: 'a year passes', status: 'passed' },
    { title: 'a failing test fails', status: 'failed' },
  ]);
});
