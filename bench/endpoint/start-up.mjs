import { alternate, median } from '../measure.mjs';
import { Server } from './server.mjs';

const CONNECTIONS = 1;

/** From the spawn of the process to its first answer, and what memory it takes then. */
export async function startUp(sides, rounds) {
  const samples = await alternate(rounds, Object.fromEntries(sides.map((side) => [side.name, () => once(side)])));
  const medians = (pick) =>
    Object.fromEntries(
      Object.entries(samples)
        .map(([name, starts]) => [name, starts.map(pick)])
        .filter(([, values]) => values[0] !== undefined)
        .map(([name, values]) => [name, median(values)]),
    );
  return [
    { title: 'ms to the first answer', less: true, values: medians(({ firstAnswer }) => firstAnswer), samples },
    { title: 'ms, of the process itself', less: true, values: medians(({ firstAnswerOfOwn }) => firstAnswerOfOwn) },
    { title: 'MB then', less: true, values: medians(({ memory }) => memory / 1e6) },
  ];
}

async function once(side) {
  const server = await Server.start(side, CONNECTIONS);
  try {
    const { firstAnswer, firstAnswerOfOwn, memory } = server;
    return { firstAnswer, firstAnswerOfOwn, memory };
  } finally {
    await server.stop();
  }
}
