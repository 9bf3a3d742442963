import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Command } from './command';
import { answer, type ConformanceRequest } from './conformance';

const help = `Usage: cdk-workflow-patterns conformance

Answers recorded executions, so that a scorer can compare the engine with AWS:
one JSON object per line in, one per line out, with the same id. It ends with
its input.

Requests:
  {id, kind: "execute", type, definition, input, tasks, placeholders}
  {id, kind: "validate", type, definition}
`;

export const conformanceCommand: Command = {
  name: 'conformance',
  summary: 'answer recorded executions, line by line, for a scorer',
  help,
  run: async (_args, io) => {
    for await (const line of createInterface({ input: Readable.from(io.stdin) })) {
      if (line.trim() !== '') io.out(`${JSON.stringify(await answer(JSON.parse(line) as ConformanceRequest))}\n`);
    }
    return 0;
  },
};
