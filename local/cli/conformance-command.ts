import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Command } from './command';
import { answer, type ConformanceRequest } from './conformance';
import { noMore, parse } from './parse';

const help = `Usage: cdk-workflow-patterns conformance

Answers recorded executions, so that a scorer can compare the engine with AWS:
one JSON object per line in, one per line out, with the same id. It ends with
its input.

Requests:
  {id, kind: "execute", type, definition, input, tasks, placeholders}
  {id, kind: "validate", type, definition}
  {id, kind: "teststate", request}
`;

export const conformanceCommand: Command = {
  name: 'conformance',
  summary: 'answer recorded executions, line by line, for a scorer',
  help,
  run: async (args, io) => {
    noMore(parse(args, {}).positionals);
    for await (const line of createInterface({ input: Readable.from(io.stdin) })) {
      if (line.trim() !== '') io.out(`${JSON.stringify(await answerLine(line))}\n`);
    }
    return 0;
  },
};

/** A line that cannot be answered is said to be so, and the next one is read. */
async function answerLine(line: string): Promise<object> {
  let id: unknown;
  try {
    const request = JSON.parse(line) as ConformanceRequest;
    ({ id } = request);
    return await answer(request);
  } catch (error) {
    return { id, refused: true, message: (error as Error).message };
  }
}
