import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const bundle = resolve(__dirname, '..', '..', '..', 'assets', 'local', 'index.js');

const suite = `
const { test } = require('node:test');
const assert = require('node:assert');
const { loadDefinition } = require(${JSON.stringify(bundle)});

const waitingFor = (Seconds) => ({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds, End: true } } });

test('a year passes', async () => {
  const execution = await loadDefinition(waitingFor(31536000)).machine().run();
  assert.equal(execution.stoppedAt - execution.startedAt, 31536000000);
});
test('a failing test fails', async () => {
  assert.equal((await loadDefinition(waitingFor(1)).machine().run()).status, 'FAILED');
});
`;

test('the kit works in node:test as it does in jest, and lets its process end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  const file = join(folder, 'year.test.cjs');
  writeFileSync(file, suite);
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
