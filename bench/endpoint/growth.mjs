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
      { title: `s for ${executions} executions`, less: true, values: {}, count, of: 'seconds' },
      { title: `MB after ${executions}`, less: true, values: {}, count, of: 'megabytes' },
    ];
  });
  const notes = [];
  for (const side of sides) {
    const server = await Server.start(side, AT_ONCE);
    try {
      for await (const point of points(server, counts, side.name === 'own' ? Number.POSITIVE_INFINITY : limitMs)) {
        for (const row of rows) if (row.count === point.count) row.values[side.name] = point[row.of];
        if (point.gaveUp) notes.push(`${side.name}: ${point.count} executions in its ${limitMs / 1000} s`);
      }
    } catch (error) {
      notes.push(`${side.name}: ${error.message}`);
    } finally {
      await server.stop();
    }
  }
  return rows.map(({ title, less, values }, place) => ({ title, less, values, notes: place === 0 ? notes : [] }));
}

async function* points(server, counts, limitMs) {
  const machine = await createMachine(server.client, 'Bench', passChoiceSucceed);
  const run = () => runExecution(server.client, machine, input);
  const start = performance.now();
  let done = 0;
  for (const count of counts) {
    const before = done;
    done += await load(AT_ONCE, run, (calls) => before + calls < count && performance.now() - start < limitMs);
    const seconds = (performance.now() - start) / 1000;
    if (done < count) {
      yield { count: done, gaveUp: true };
      return;
    }
    yield { count, seconds, megabytes: server.memory / 1e6 };
  }
}
