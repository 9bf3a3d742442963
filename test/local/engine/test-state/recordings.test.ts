import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer } from '../../../../local/cli/conformance';
import type { StateRequest } from '../../../../local/cli/conformance-state';
import type { Json } from '../../../../local/engine';
import { type Masked, pattern } from '../recorded-pattern';

const CORPUS = process.env.ASL_CONFORMANCE ?? join(__dirname, '../../../../../shared/asl-conformance');
const FILE = join(CORPUS, 'teststate.jsonl');

interface Recording extends Omit<StateRequest, 'kind'>, Masked {
  readonly drivable: boolean;
  readonly expected: { readonly [field: string]: Json };
}

if (existsSync(FILE)) {
  const recordings = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recording)
    .filter(({ drivable }) => drivable !== false);

  test.each(recordings.map((recording): [string, Recording] => [recording.id.split('::').slice(-2).join(' '), recording]))(
    '%s is answered as AWS answered it',
    async (_id, recording) => {
      const { id, ...actual } = JSON.parse(JSON.stringify(await answer({ ...recording, kind: 'teststate' })));
      const expected = Object.entries(recording.expected).map(([field, value]) => [
        field,
        pattern(value, recording, `$.${field}`),
      ]);
      expect(actual).toEqual(Object.fromEntries(expected));
    },
  );
} else {
  test(`the TestState calls recorded from AWS are left out: ${FILE} is not there`, () => {
    expect(existsSync(FILE)).toBe(false);
  });
}
