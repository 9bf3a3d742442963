import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';

const ROLE = 'arn:aws:iam::123456789012:role/bench';

/** Starts an execution; named, as moto makes up no names. Returns its ARN. */
export async function startExecution(client, stateMachineArn, input) {
  return (await client.call('StartExecution', { stateMachineArn, name: randomUUID(), input })).executionArn;
}

/** Runs an execution to its end: asked for again and again, without a rest, until it is SUCCEEDED. */
export async function runExecution(client, stateMachineArn, input) {
  const executionArn = await startExecution(client, stateMachineArn, input);
  for (;;) {
    const { status } = await client.call('DescribeExecution', { executionArn });
    if (status === 'SUCCEEDED') return;
    if (status !== 'RUNNING') throw new Error(`${executionArn} ended as ${status}`);
  }
}

/** Has `concurrency` callers call one after the other, until `more` says no. Returns how often it was called. */
export async function load(concurrency, call, more) {
  let calls = 0;
  const caller = async () => {
    while (more(calls)) {
      calls++;
      await call();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return calls;
}

/** Calls per second, over at least this time. */
export async function perSecond(concurrency, milliseconds, call) {
  const start = performance.now();
  const calls = await load(concurrency, call, () => performance.now() - start < milliseconds);
  return (calls / (performance.now() - start)) * 1000;
}

export async function createMachine(client, name, definition) {
  const input = { name, definition: JSON.stringify(definition), roleArn: ROLE };
  return (await client.call('CreateStateMachine', input)).stateMachineArn;
}
