import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, type ExecuteRequest } from '../../../local/cli/conformance';
import type { Json } from '../../../local/engine';
import { type Masked, pattern } from './recorded-pattern';

const CORPUS = process.env.ASL_CONFORMANCE ?? join(__dirname, '../../../../shared/asl-conformance');
const FILE = join(CORPUS, 'executions.jsonl');

interface Recording extends ExecuteRequest, Masked {
  readonly drivable: boolean;
  readonly expected: {
    readonly status: string;
    readonly output?: Json;
    readonly error?: string;
    readonly path?: readonly string[];
    readonly sequential?: boolean;
  };
}

/** The protocol does not say that StartSyncExecution started it, so that $$.Execution.RedriveCount should be absent. */
const SYNCHRONOUS = /test_express_sync\.py::TestExpressSync::test_query_runtime_memory$/;

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
