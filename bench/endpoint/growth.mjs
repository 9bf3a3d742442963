import { performance } from 'node:perf_hooks';
import { createMachine, load, runExecution } from './load.mjs';
import { input, passChoiceSucceed } from './machines.mjs';
import { Server } from './server.mjs';
import { AT_ONCE } from './speed.mjs';

/** Time and memory as executions of one server add up; a peer that takes longer than the limit goes no further. */
export async function growth(sides, { counts, limitMs }) {
  const rows = counts.flatMap((count) => {
    const executions = count.toLocaleString('en');
    return [
      { title: `s for ${executions} executions`, less: true, values: {}, notes: [], count, of: 'seconds' },
      { title: `MB after ${executions}`, less: true, values: {}, notes: [], count, of: 'megabytes' },
    ];
  });
  for (const side of sides) {
    const limit = side.name === 'own' ? Number.POSITIVE_INFINITY : limitMs;
    const server = await Server.start(side, AT_ONCE);
    try {
      for await (const { count, done, ...point } of points(server, counts, limit)) {
        const reached = rows.filter((row) => row.count === count);
        if (done === count) for (const row of reached) row.values[side.name] = point[row.of];
        else
          reached[0].notes.push(
            `${side.name}: ran ${done} of ${count} executions in ${limit / 1000} s: ${point.megabytes.toFixed(0)} MB`,
          );
      }
    } catch (error) {
      rows[0].notes.push(`${side.name}, growth: ${error.message}`);
    } finally {
      await server.stop();
    }
  }
  return rows.map(({ title, less, values, notes }) => ({ title, less, values, notes }));
}

async function* points(server, counts, limitMs) {
  const machine = await createMachine(server.client, 'Bench', passChoiceSucceed);
  const run = () => runExecution(server.client, machine, input);
  const start = performance.now();
  let done = 0;
  for (const count of counts) {
    const before = done;
    done += await load(AT_ONCE, run, (calls) => before + calls < count && performance.now() - start < limitMs);
    yield { count, done, seconds: (performance.now() - start) / 1000, megabytes: server.memory / 1e6 };
    if (done < count) return;
  }
}
