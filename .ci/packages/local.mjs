import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Executions that go through every branch of the example, and what each must end with. */
const executions = [
  [
    'Orders',
    { TransactionType: 'PURCHASE', Simulate: 'busy-once' },
    'Hello from lambda land inside the ProcessPurchase function',
  ],
  ['Orders', { TransactionType: 'PURCHASE', Simulate: 'declined' }, 'The card was declined, nothing was charged'],
  ['Orders', { TransactionType: 'REFUND' }, 'Hello from Refund Processor!'],
  ['PythonOrders', { TransactionType: 'PURCHASE' }, 'Hello from lambda land inside the ProcessPurchase function'],
  ['PythonOrders', { TransactionType: 'REFUND' }, 'Hello from Refund Processor!'],
];

/** Runs the workflows of two cloud assemblies with the installed command: same path, same output but for the time of day. */
export async function assertRunsAlike(command, expected, actual) {
  for (const [machine, input, message] of executions) {
    const [left, right] = [await execute(command, expected, machine, input), await execute(command, actual, machine, input)];
    const what = `${machine} with ${JSON.stringify(input)}`;
    assert.equal(left.status, 'SUCCEEDED', `${what} ended with ${left.error}: ${left.cause}`);
    assert.equal(left.output.Message, message, what);
    assert.deepEqual(comparable(right), comparable(left), what);
  }
}

/** The command reads its own package: help alone shows that it was packed and installed whole. */
export async function assertHelp(command) {
  assert.match(await run(command, ['--help']), /^Usage: cdk-workflow-patterns COMMAND/);
}

/** The sub-path is typed and loads, by the `exports` of today's module resolution and by the `typesVersions` of the former one. */
export async function assertTestKit(folder) {
  const source = `import { loadAssembly } from 'cdk-workflow-patterns/local';
const load: (folder: string) => object = loadAssembly;
if (typeof load !== 'function') throw new Error('cdk-workflow-patterns/local lacks loadAssembly');
`;
  writeFileSync(join(folder, 'kit.ts'), source);
  const former = { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' };
  await run('npx', ['ts-node', 'kit.ts'], { cwd: folder });
  await run('npx', ['ts-node', '-O', JSON.stringify(former), 'kit.ts'], { cwd: folder });
}

async function execute(command, assembly, machine, input) {
  const args = ['run', machine, '--app', assembly, '--input', JSON.stringify(input), '--skip-time', '--json'];
  return JSON.parse(await run(command, args));
}

function comparable({ status, error, cause, path, output }) {
  const { Timestamp, ...rest } = output ?? {};
  return { status, error, cause, path, output: rest };
}
