import { alternate, median } from '../measure.mjs';
import { createMachine, perSecond, runExecution } from './load.mjs';
import { input, passChoiceSucceed } from './machines.mjs';
import { Server } from './server.mjs';

export const AT_ONCE = 16;

/** Executions per second from StartExecution to SUCCEEDED seen by DescribeExecution, all servers up, one loaded at a time. */
export async function speed(sides, { rounds, sampleMs, boto }) {
  const servers = [];
  try {
    const targets = {};
    for (const side of sides) {
      const server = await Server.start(side, AT_ONCE);
      servers.push(server);
      targets[side.name] = { server, machine: await createMachine(server.client, 'Bench', passChoiceSucceed) };
    }
    const clients = {
      lean: ({ server, machine }, concurrency) =>
        perSecond(concurrency, sampleMs, () => runExecution(server.client, machine, input)),
      ...(boto && {
        boto3: ({ server, machine }, concurrency) =>
          boto.perSecond({ url: server.url, machine, input, concurrency, milliseconds: sampleMs }),
      }),
    };
    const rows = [];
    for (const [client, run] of Object.entries(clients)) {
      for (const concurrency of [1, AT_ONCE]) {
        const samplers = mapped(targets, (target) => () => run(target, concurrency));
        await alternate(1, samplers); // warm
        const samples = await alternate(rounds, samplers);
        const how = concurrency === 1 ? '1 at a time' : `${concurrency} at once`;
        rows.push({ title: `exec/s, ${how}, ${client}`, values: mapped(samples, median), samples });
      }
    }
    return rows;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
