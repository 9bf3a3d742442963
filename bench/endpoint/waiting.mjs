import { performance } from 'node:perf_hooks';
import { createMachine, load, startExecution } from './load.mjs';
import { waiting } from './machines.mjs';
import { Server } from './server.mjs';
import { AT_ONCE } from './speed.mjs';

/** Memory while so many executions wait; none for a side that does not start them within the limit. */
export async function memoryOfWaiting(sides, { executions, limitMs }) {
  const row = { title: `MB, ${executions.toLocaleString('en')} waiting`, less: true, values: {}, notes: [] };
  for (const side of sides) {
    const server = await Server.start(side, AT_ONCE);
    try {
      const started = await startWaiting(server.client, executions, limitMs);
      if (started === executions) row.values[side.name] = server.memory / 1e6;
      else row.notes.push(`${side.name}: started ${started} of ${executions} waiting executions in ${limitMs / 1000} s`);
    } catch (error) {
      row.notes.push(`${side.name}, waiting: ${error.message}`);
    } finally {
      await server.stop();
    }
  }
  return [row];
}

async function startWaiting(client, executions, limitMs) {
  const stateMachineArn = await createMachine(client, 'Bench', waiting);
  const deadline = performance.now() + limitMs;
  const arns = [];
  const start = async () => arns.push(await startExecution(client, stateMachineArn, '{}'));
  await load(AT_ONCE, start, (calls) => calls < executions && performance.now() < deadline);
  for (const executionArn of [arns[0], arns.at(-1)]) {
    const { status } = await client.call('DescribeExecution', { executionArn });
    if (status !== 'RUNNING') throw new Error(`an execution that should wait is ${status}`);
  }
  return arns.length;
}
