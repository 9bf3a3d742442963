import type { Json } from '../../../../local/engine';
import { problemsOf, run, runState } from '../fixture';

/** What public collections of definitions use; each line is accepted by AWS. */

const pages = {
  Blocks: [
    { Type: { Text: 'AMOUNT_PAID' }, value: 1 },
    { Type: { Text: 'VENDOR' }, value: 2 },
  ],
  wanted: 'VENDOR',
};

async function passed(path: string, input: Json): Promise<Json> {
  const { output } = await runState({ Type: 'Pass', Parameters: { 'it.$': path } }, input);
  return (output as { it: Json }).it;
}

test.each<[string, string, Json, Json]>([
  ['a bare word in a filter', '$.Blocks[?(@.Type.Text==AMOUNT_PAID)].value', pages, [1]],
  ['a point before an index', '$.[0]', [5], 5],
  ['a point before a filter', '$.Blocks.[?(@.value > 1)].value', pages, [2]],
  ['a filter for presence', '$.Blocks[?(@.value)].value', pages, [1, 2]],
  ['a filter that refers to the root', '$.Blocks[?(@.Type.Text == $.wanted)].value', pages, [2]],
  ['several names', "$['wanted','none']", pages, { wanted: 'VENDOR' }],
  ['a slice after a scan', '$..Blocks[1:].value', pages, [2]],
  ['a name with a hyphen', '$.auto-maintain', { 'auto-maintain': true }, true],
  ['a name with a colon', '$.aws:stack', { 'aws:stack': 'a' }, 'a'],
])('%s is read as json-path 2.0.0 reads it', async (_what, path, input, expected) => {
  expect(await passed(path, input)).toEqual(expected);
});

test('InputPath may be a filter after a scan', async () => {
  const { output } = await runState({ Type: 'Pass', InputPath: '$..Blocks[?(@.value==2)].value' }, pages);
  expect(output).toEqual([2]);
});

// https://repost.aws/questions/QUYiQKP0XfThWEc_ahsMnLOA
test.each(['sum()', 'length()'])('the function %s is accepted, and taken for a field that is not there', async (name) => {
  const { error, cause } = await runState({ Type: 'Pass', Parameters: { 'it.$': `$.Jobs.${name}` } }, { Jobs: [0, 1] });
  expect(error).toBe('States.Runtime');
  expect(cause).toMatch(
    `The JSONPath '$.Jobs.${name}' specified for the field 'it.$' could not be found in the input '{"Jobs":[0,1]}'`,
  );
});

test.each<[string, Json, Json]>([
  ['no space before the end', '{% $states.input.a%}', 1],
  ['no space at all', '{%$states.input.a%}', 1],
  ['null as Output', null, null],
  ['descendants', '{% $sum($states.input.**.b) %}', 5],
  ['$parse', '{% $parse($states.input.text).c %}', 4],
])('JSONata with %s', async (_what, output, expected) => {
  const input = { a: 1, in: [{ b: 2 }, { b: 3 }], text: '{"c":4}' };
  expect((await runState({ Type: 'Pass', QueryLanguage: 'JSONata', Output: output }, input)).output).toEqual(expected);
});

test('a JSONata state stands among those of a JSONPath machine', async () => {
  const { output } = await run({
    StartAt: 'Make',
    States: {
      Make: { Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: '{% 1 + 1 %}' }, Next: 'Take' },
      Take: { Type: 'Pass', Parameters: { 'b.$': '$.a' }, End: true },
    },
  });
  expect(output).toEqual({ b: 2 });
});

test('names that begin with States., and whole sentences, are errors like any other', async () => {
  const { output } = await run({
    StartAt: 'Vote',
    States: {
      Vote: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Quorum', States: { Quorum: { Type: 'Fail', Error: 'States.QuorumMet' } } }],
        Retry: [{ ErrorEquals: ['The job could not be found, it seems.'] }],
        Catch: [{ ErrorEquals: ['States.QuorumMet'], Next: 'Done', Comment: 'as wanted' }],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  });
  expect(output).toEqual({ Error: 'States.QuorumMet', Cause: null });
});

test('ErrorPath and CausePath take intrinsic functions', async () => {
  const { error, cause } = await runState(
    { Type: 'Fail', ErrorPath: "States.Format('E{}', $.code)", CausePath: 'States.JsonToString($.why)' },
    { code: 5, why: [1] },
  );
  expect([error, cause]).toEqual(['E5', '[1]']);
});

test('a Fail may have neither error nor cause', async () => {
  const { status, error, cause } = await runState({ Type: 'Fail' });
  expect([status, error, cause]).toEqual(['FAILED', undefined, undefined]);
});

test('a Choice without Default is accepted', () => {
  const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'Done' }] };
  expect(problemsOf({ StartAt: 'Choose', States: { Choose: choice, Done: { Type: 'Succeed' } } })).toEqual([]);
});

test('Iterator goes with ItemSelector, and a state may be called Iterator', async () => {
  const inner = { StartAt: 'Iterator', States: { Iterator: { Type: 'Pass', End: true } } };
  const map: { [field: string]: Json } = { Type: 'Map', Iterator: inner, ItemSelector: { 'at.$': '$$.Map.Item.Index' } };
  expect((await runState(map, ['a', 'b'])).output).toEqual([{ at: 0 }, { at: 1 }]);
});

const reader = (config: { [field: string]: Json }): { [field: string]: Json } => ({
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig: config,
  Parameters: { 'Bucket.$': '$.bucket', Key: 'items' },
});

test.each<[string, { [field: string]: Json }]>([
  ['ItemReader beside ItemsPath', { ItemsPath: '$.items', ItemReader: reader({ InputType: 'JSON' }) }],
  ['an empty ReaderConfig', { ItemReader: reader({}) }],
  ['MaxItems 0', { ItemReader: reader({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 0 }) }],
  ['a manifest', { ItemReader: reader({ InputType: 'MANIFEST' }) }],
  ['a label and batches', { Label: 'Items', ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { 'all.$': '$' } } }],
  [
    'results in S3',
    { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', 'Prefix.$': '$.prefix' } } },
  ],
])('a distributed Map with EXPRESS children and %s is accepted', (_what, rest) => {
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'Handle',
    States: { Handle: { Type: 'Pass', End: true } },
  };
  const map: { [field: string]: Json } = { Type: 'Map', ItemProcessor: processor, End: true, ...rest };
  expect(problemsOf({ StartAt: 'Each', States: { Each: map } })).toEqual([]);
});

test('Credentials name the role of a task', async () => {
  const { events } = await runState(
    { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Credentials: { 'RoleArn.$': '$.role' } },
    { role: 'arn:aws:iam::123456789012:role/other' },
  );
  const scheduled = events.find(({ type }) => type === 'TaskScheduled');
  expect(scheduled?.details.taskCredentials).toEqual({ roleArn: 'arn:aws:iam::123456789012:role/other' });
});

test.each(['aws-sdk:ec2:runInstances', 'apigateway:invoke', 'events:putEvents', 'ecs:runTask'])(
  '%s can wait for a token',
  async (name) => {
    const resource = `arn:aws:states:::${name}.waitForTaskToken`;
    const { output } = await runState({ Type: 'Task', Resource: resource, Parameters: { 'token.$': '$$.Task.Token' } });
    expect(output).toEqual({ token: expect.stringMatching(/^AQC/) });
  },
);

test('a branch that loops without end is ended by its sibling, in the order of the clock', async () => {
  const { error, seconds } = await run({
    StartAt: 'Race',
    States: {
      Race: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Poll',
            States: { Poll: { Type: 'Pass', Next: 'Pause' }, Pause: { Type: 'Wait', Seconds: 5, Next: 'Poll' } },
          },
          {
            StartAt: 'Deadline',
            States: {
              Deadline: { Type: 'Wait', Seconds: 17, Next: 'Late' },
              Late: { Type: 'Fail', Error: 'States.RanOutOfTime' },
            },
          },
        ],
        End: true,
      },
    },
  });
  expect([error, seconds]).toEqual(['States.RanOutOfTime', 17]);
});

test('a machine of 175 KB is compiled', async () => {
  const count = 700;
  const states = Object.fromEntries(
    Array.from({ length: count }, (_, i): [string, Json] => {
      const next: { [field: string]: Json } = i + 1 < count ? { Next: `S${i + 1}` } : { End: true };
      return [
        `S${i}`,
        { Type: 'Pass', Comment: 'x'.repeat(150), Parameters: { 'last.$': '$', n: i }, ResultPath: null, ...next },
      ];
    }),
  );
  const definition = { StartAt: 'S0', States: states };
  expect(JSON.stringify(definition).length).toBeGreaterThan(175_000);
  expect((await run(definition, { a: 1 })).output).toEqual({ a: 1 });
});
