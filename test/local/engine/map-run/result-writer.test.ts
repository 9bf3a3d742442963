import type { Json } from '../../../../local/engine';
import { counting, problemsOf, type RunOptions, runState, single, TestBucket } from '../fixture';

// Each rule is AWS's: "ResultWriter (Map)", input-output-resultwriter.html.

type Fields = { [field: string]: Json };

const Resource = 'arn:aws:states:::s3:putObject';
const RUN = '00000000-0000-4000-8000-000000000001';
const MAP_RUN_ARN = `arn:aws:states:eu-west-1:123456789012:mapRun:orders/L:${RUN}`;

function writing(ResultWriter: Fields, fields: Fields = {}): Fields {
  const ItemProcessor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Each',
    States: { Each: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
  };
  return { Type: 'Map', Label: 'L', MaxConcurrency: 1, ItemProcessor, ResultWriter, ...fields };
}

const exporting = (WriterConfig?: Fields): Fields => ({
  Resource,
  Parameters: { Bucket: 'results', Prefix: 'jobs' },
  ...(WriterConfig && { WriterConfig }),
});

async function write(state: Fields, input: Json, options: RunOptions = {}) {
  const objects = new TestBucket();
  const ran = await runState(state, input, { uuid: counting(), objects, ...options });
  const json = (name: string) => JSON.parse(String(objects.contents.get(`jobs/${RUN}/${name}`))) as Json;
  return { ...ran, objects, json, keys: [...objects.contents.keys()].sort() };
}

const odd: RunOptions = {
  task: ({ parameters }) => (parameters === 'odd' ? { error: 'Odd', cause: 'why' } : { output: parameters }),
};

describe('a ResultWriter', () => {
  test('writes a manifest and the results, and puts out where they are', async () => {
    const { output, json, objects, keys } = await write(writing(exporting()), ['a']);
    expect(output).toEqual({
      MapRunArn: MAP_RUN_ARN,
      ResultWriterDetails: { Bucket: 'results', Key: `jobs/${RUN}/manifest.json` },
    });
    expect(keys).toEqual([`jobs/${RUN}/SUCCEEDED_0.json`, `jobs/${RUN}/manifest.json`]);
    const Size = objects.contents.get(`jobs/${RUN}/SUCCEEDED_0.json`)?.length;
    expect(json('manifest.json')).toEqual({
      DestinationBucket: 'results',
      MapRunArn: MAP_RUN_ARN,
      ResultFiles: { FAILED: [], PENDING: [], SUCCEEDED: [{ Key: `jobs/${RUN}/SUCCEEDED_0.json`, Size }] },
    });
  });

  test('writes of each execution what DescribeExecution tells', async () => {
    const { json, execution } = await write(writing(exporting()), [{ a: 1 }]);
    const [{ arn, name }] = execution.mapRuns[0].executions;
    expect(json('SUCCEEDED_0.json')).toEqual([
      {
        ExecutionArn: arn,
        Input: '{"a":1}',
        InputDetails: { Included: true },
        Name: name,
        Output: '{"a":1}',
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        StartDate: '2026-01-01T00:00:00.000Z',
        StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders/L',
        Status: 'SUCCEEDED',
        StopDate: '2026-01-01T00:00:00.000Z',
      },
    ]);
  });

  test('writes also where too much fails: what failed, and what was never begun', async () => {
    const { error, json } = await write(writing(exporting()), ['a', 'odd', 'c'], odd);
    expect(error).toBe('States.ExceedToleratedFailureThreshold');
    expect(json('SUCCEEDED_0.json')).toEqual([expect.objectContaining({ Output: '"a"' })]);
    expect(json('FAILED_0.json')).toEqual([
      expect.objectContaining({ Status: 'FAILED', Error: 'Odd', Cause: 'why', RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' }),
    ]);
    expect(json('PENDING_0.json')).toEqual([{ Input: '"c"', InputDetails: { Included: true }, Status: 'PENDING' }]);
    expect(json('manifest.json')).toMatchObject({
      ResultFiles: { FAILED: [{}], PENDING: [{}], SUCCEEDED: [{}] },
    });
  });

  test('writes outputs alone where Transformation is COMPACT, and failures as they are', async () => {
    const config = { Transformation: 'COMPACT', OutputType: 'JSON' };
    const { json } = await write(writing(exporting(config), { ToleratedFailureCount: 1 }), [['a'], 'odd'], odd);
    expect(json('SUCCEEDED_0.json')).toEqual([['a']]);
    expect(json('FAILED_0.json')).toEqual([expect.objectContaining({ Error: 'Odd' })]);
  });

  test('flattens outputs that are arrays where Transformation is FLATTEN', async () => {
    const { json } = await write(writing(exporting({ Transformation: 'FLATTEN', OutputType: 'JSON' })), [[1, [2]], 3]);
    expect(json('SUCCEEDED_0.json')).toEqual([1, [2], 3]);
  });

  test('writes lines where OutputType is JSONL', async () => {
    const { objects } = await write(writing(exporting({ Transformation: 'COMPACT', OutputType: 'JSONL' })), [{ a: 1 }, 2]);
    expect(objects.contents.get(`jobs/${RUN}/SUCCEEDED_0.json`)).toBe('{"a":1}\n2\n');
  });

  test.each<[string, Json]>([
    ['COMPACT', [[1], 2]],
    ['FLATTEN', [1, 2]],
    ['NONE', [expect.objectContaining({ Output: '[1]' }), expect.objectContaining({ Output: '2' })] as never],
  ])('without a bucket gives the results to the state: %s', async (Transformation, expected) => {
    const { output, keys } = await write(writing({ WriterConfig: { Transformation, OutputType: 'JSON' } }), [[1], 2]);
    expect(output).toEqual(expected);
    expect(keys).toEqual([]);
  });

  test('takes Arguments in JSONata, and no prefix', async () => {
    const ResultWriter = { Resource, Arguments: { Bucket: "{% 're' & 'sults' %}" } };
    const { output } = await write(writing(ResultWriter, { QueryLanguage: 'JSONata' }), [1]);
    expect(output).toMatchObject({ ResultWriterDetails: { Bucket: 'results', Key: `${RUN}/manifest.json` } });
  });

  test('fails as States.ResultWriterFailed with what the store says', async () => {
    class Full extends TestBucket {
      override async put(): Promise<void> {
        throw new Error('no space left');
      }
    }
    const { error, cause, types } = await write(writing(exporting()), [1], { objects: new Full() });
    expect([error, cause]).toEqual(['States.ResultWriterFailed', 'no space left']);
    expect(types.slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
  });

  test('is refused where the resource is not putObject', () => {
    const state = writing({ Resource: 'arn:aws:states:::s3:getObject', Parameters: {} });
    expect(problemsOf(single(state))).toEqual([expect.objectContaining({ location: '/States/It/ResultWriter/Resource' })]);
  });

  test('tells how many results it has written (API_MapRunItemCounts.html)', async () => {
    const { execution } = await write(writing(exporting()), [1, 2]);
    expect(execution.mapRuns[0].itemCounts).toMatchObject({ succeeded: 2, resultsWritten: 2 });
  });
});
