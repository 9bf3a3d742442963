import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, type ExecuteRequest } from '../../../local/cli/conformance';
import type { Json } from '../../../local/engine';

const CORPUS = process.env.ASL_CONFORMANCE ?? join(__dirname, '../../../../shared/asl-conformance');
const FILE = join(CORPUS, 'executions.jsonl');

interface Recording extends ExecuteRequest {
  readonly drivable: boolean;
  readonly normalised?: readonly string[];
  readonly recorded: string;
  readonly expected: {
    readonly status: string;
    readonly output?: Json;
    readonly error?: string;
    readonly path?: readonly string[];
    readonly sequential?: boolean;
  };
}

/** Redrive came to the context object on that day. */
const REDRIVE = '2023-11-16';

/** The protocol does not say that StartSyncExecution started it, so that $$.Execution.RedriveCount should be absent. */
const SYNCHRONOUS = /test_express_sync\.py::TestExpressSync::test_query_runtime_memory$/;

/** A recorded value with anything in the places of what the recording replaced. */
function pattern(value: Json, { placeholders = [], normalised = [], recorded }: Recording, path = '$'): unknown {
  const masks = (text: string) =>
    placeholders.some((placeholder) => text.includes(placeholder)) || /<[A-Za-z][\w.:(){} -]*>/.test(text);
  const walk = (each: Json, at: string): unknown => {
    if (typeof each === 'string') return normalised.includes(at) || masks(each) ? expect.anything() : each;
    if (Array.isArray(each)) return each.map((item, i) => walk(item, `${at}[${i}]`));
    if (typeof each !== 'object' || each === null) return each;
    const entries = Object.entries(each).map(([key, item]) => [
      key,
      walk(item, /^[A-Za-z_]\w*$/.test(key) ? `${at}.${key}` : `${at}[${JSON.stringify(key)}]`),
    ]);
    const object = Object.fromEntries(entries);
    // newer than the recording
    return recorded < REDRIVE && 'StartTime' in object ? expect.objectContaining(object) : object;
  };
  return walk(value, path);
}

if (existsSync(FILE)) {
  const recordings = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recording)
    .filter(({ drivable, id }) => drivable !== false && !SYNCHRONOUS.test(id));

  test.each(recordings.map((recording): [string, Recording] => [recording.id.split('::').slice(-2).join(' '), recording]))(
    '%s ends as AWS recorded it, or is refused by name',
    async (_id, recording) => {
      const { expected } = recording;
      const actual = JSON.parse(JSON.stringify(await answer({ ...recording, kind: 'execute' })));
      if (actual.skip !== undefined) {
        expect(actual.skip).toMatch(/is not supported by this engine$/);
        return;
      }
      expect([actual.status, actual.error]).toEqual([
        expected.status,
        expected.error === undefined ? undefined : pattern(expected.error, recording, '$.error'),
      ]);
      if (expected.output !== undefined) expect(actual.output).toEqual(pattern(expected.output, recording, '$.output'));
      if (expected.sequential) expect(actual.path).toEqual(expected.path);
    },
  );
} else {
  test(`the executions recorded from AWS are left out: ${FILE} is not there`, () => {
    expect(existsSync(FILE)).toBe(false);
  });
}
