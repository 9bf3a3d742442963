import type { Json } from '../../../../local/engine';
import {
  counting,
  EXECUTION_ARN,
  execution as makeExecution,
  problemsOf,
  type RunOptions,
  run,
  runState,
  settle,
  single,
  TestBucket,
  TestClock,
} from '../fixture';

// Each rule is AWS's: "Using Map state in Distributed mode", state-map-distributed.html, unless a test names another page.

const PASS = { Type: 'Pass', End: true };
const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };

type Fields = { [field: string]: Json };

function map(state: Fields, fields: Fields = {}, ExecutionType = 'STANDARD'): Fields {
  const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType };
  return { Type: 'Map', ItemProcessor: { ProcessorConfig, StartAt: 'Each', States: { Each: state } }, ...fields };
}

function runMap(state: Fields, input: Json, options: RunOptions = {}) {
  return runState(state, input, { uuid: counting(), ...options });
}

describe('a Map state of the mode DISTRIBUTED', () => {
  test('begins an execution of its own for each item, with a history of its own', async () => {
    const { output, types, execution } = await runMap(map(PASS), ['a', 'b']);
    expect(output).toEqual(['a', 'b']);
    expect(types).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
    const [mapRun] = execution.mapRuns;
    expect(mapRun.executions.map(({ input, history }) => [input, history.map(({ type }) => type)])).toEqual([
      ['a', ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']],
      ['b', ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']],
    ]);
  });

  test('follows MapRunStarted when it is left: MapRunSucceeded and MapStateSucceeded are passed by', async () => {
    const { events } = await runMap(map(PASS), [1]);
    expect(events.slice(3).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['MapRunStarted', 3],
      ['MapRunSucceeded', 4],
      ['MapStateSucceeded', 4],
      ['MapStateExited', 4],
      ['ExecutionSucceeded', 7],
    ]);
  });

  test('names its Map Run and its children by Label', async () => {
    const { execution, events } = await runMap(map(PASS, { Label: 'Orders' }), [1]);
    const [mapRun] = execution.mapRuns;
    expect(mapRun.arn).toBe('arn:aws:states:eu-west-1:123456789012:mapRun:orders/Orders:00000000-0000-4000-8000-000000000001');
    expect(mapRun.executionArn).toBe(EXECUTION_ARN);
    expect(mapRun.executions[0]).toMatchObject({
      arn: 'arn:aws:states:eu-west-1:123456789012:execution:orders/Orders:00000000-0000-4000-8000-000000000002',
      name: '00000000-0000-4000-8000-000000000002',
      mapRunArn: mapRun.arn,
      type: 'STANDARD',
    });
    expect(events[3].details).toEqual({ mapRunArn: mapRun.arn });
  });

  test('has the same label in each of its runs where none is given', async () => {
    const runs = await Promise.all([runMap(map(PASS), [1]), runMap(map(PASS), [1])]);
    const [first, second] = runs.map(({ execution }) => execution.mapRuns[0].label);
    expect(first).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(second).toBe(first);
  });

  test('refuses a Label of more than 40 characters', () => {
    expect(problemsOf(single(map(PASS, { Label: 'x'.repeat(41) })))).toEqual([
      expect.objectContaining({ location: '/States/It/Label', message: 'Label must not exceed 40 characters but has: 41' }),
    ]);
    expect(problemsOf(single(map(PASS, { Label: 'x'.repeat(40) })))).toEqual([]);
  });

  test('is refused in an Express machine', () => {
    expect(problemsOf(single(map(PASS)), 'EXPRESS')).toEqual([
      expect.objectContaining({ message: "Express state machine does not support Mode 'DISTRIBUTED'" }),
    ]);
  });

  test('begins Express children where ExecutionType says so', async () => {
    const { execution } = await runMap(map(PASS, { Label: 'L' }, 'EXPRESS'), [1]);
    expect(execution.mapRuns[0].executions[0]).toMatchObject({
      type: 'EXPRESS',
      arn: expect.stringMatching(/^arn:aws:states:eu-west-1:123456789012:express:orders\/L:[\da-f-]{36}:[\da-f-]{36}$/),
    });
  });

  test('gives children a context of their own, without the item and without outer variables', async () => {
    const child = { ...PASS, Parameters: { 'context.$': '$$' } };
    const { output, execution } = await runMap(map(child, { Label: 'L' }), ['a']);
    const [{ arn, name }] = execution.mapRuns[0].executions;
    expect(output).toEqual([
      {
        context: {
          Execution: expect.objectContaining({ Id: arn, Name: name, Input: 'a', RedriveCount: 0 }),
          State: expect.objectContaining({ Name: 'Each' }),
          StateMachine: { Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders/L', Name: 'orders/L' },
        },
      },
    ]);
  });

  // input-output-itemselector.html and input-output-contextobject.html
  test('selects from the state, the item and where it comes from', async () => {
    const ItemSelector = {
      'i.$': '$$.Map.Item.Index',
      'v.$': '$$.Map.Item.Value',
      's.$': '$$.Map.Item.Source',
      'all.$': '$.list',
    };
    const { output } = await runMap(map(PASS, { ItemsPath: '$.list', ItemSelector }), { list: ['a'] });
    expect(output).toEqual([{ i: 0, v: 'a', s: 'STATE_DATA', all: ['a'] }]);
  });

  test('tasks of children are told the execution of the child', async () => {
    const seen: string[] = [];
    const task = ({ executionArn }: { executionArn: string }) => {
      seen.push(executionArn);
      return { output: 1 };
    };
    const { execution } = await runMap(map(TASK), [1, 2], { task });
    expect(seen).toEqual(execution.mapRuns[0].executions.map(({ arn }) => arn));
  });

  test('runs no more children at once than MaxConcurrency says', async () => {
    const clock = new TestClock();
    let running = 0;
    let most = 0;
    const task = () => {
      most = Math.max(most, ++running);
      return new Promise<{ output: Json }>((resolve) => {
        clock.schedule(clock.now() + 1000, () => {
          running--;
          resolve({ output: 1 });
        });
      });
    };
    const { seconds } = await runMap(map(TASK, { MaxConcurrency: 3 }), [1, 2, 3, 4, 5, 6, 7], { clock, task });
    expect(most).toBe(3);
    expect(seconds).toBe(3);
  });

  test('counts the children of an empty list as none, and succeeds', async () => {
    const { output, execution } = await runMap(map(PASS), []);
    expect(output).toEqual([]);
    expect(execution.mapRuns[0]).toMatchObject({ status: 'SUCCEEDED', itemCounts: { total: 0 } });
  });

  test('evaluates in JSONata too', async () => {
    const fields = {
      QueryLanguage: 'JSONata',
      Items: '{% $states.input.list %}',
      ItemSelector: { v: '{% $states.context.Map.Item.Value %}' },
      MaxConcurrency: '{% 1 %}',
      ToleratedFailurePercentage: '{% 10.5 %}',
      Output: '{% $count($states.result) %}',
    };
    const { output, execution } = await runMap(map(PASS, fields), { list: [1, 2] });
    expect(output).toBe(2);
    expect(execution.mapRuns[0]).toMatchObject({ maxConcurrency: 1, toleratedFailurePercentage: 10.5 });
  });
});

describe('the tolerated failures of a Map Run', () => {
  const failing = (...odd: Json[]) => ({
    task: ({ parameters }: { parameters: Json }) =>
      odd.includes(parameters) ? { error: 'Odd', cause: 'why' } : { output: parameters },
  });
  const one = { MaxConcurrency: 1 };

  // distributed-map-tolerated-failure.html: by default no failure is tolerated
  test('are none where nothing is said: the first failure fails the state', async () => {
    const { status, error, cause, types, execution } = await runMap(map(TASK, one), [0, 1, 2, 3], failing(1));
    expect([status, error, cause]).toEqual([
      'FAILED',
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    ]);
    expect(types.slice(2)).toEqual(['MapStateStarted', 'MapRunStarted', 'MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
    expect(execution.mapRuns[0]).toMatchObject({
      status: 'FAILED',
      itemCounts: { succeeded: 1, failed: 1, pending: 2, total: 4, aborted: 0 },
    });
  });

  test('end the children that still run as aborted', async () => {
    const task = ({ parameters }: { parameters: Json }) => (parameters === 1 ? { error: 'Odd' } : new Promise<never>(() => {}));
    const { execution } = await runMap(map(TASK, { MaxConcurrency: 2 }), [0, 1, 2], { task });
    expect(execution.mapRuns[0].executions.map(({ status }) => status)).toEqual(['ABORTED', 'FAILED']);
    expect(execution.mapRuns[0].executionCounts).toMatchObject({ aborted: 1, failed: 1, pending: 1, running: 0 });
  });

  test.each<[Fields, number, string]>([
    [{ ToleratedFailureCount: 1 }, 1, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, 2, 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, 2, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 49.9 }, 2, 'FAILED'],
    [{ ToleratedFailureCount: 4, ToleratedFailurePercentage: 25 }, 2, 'FAILED'],
    [{ ToleratedFailureCount: 1, ToleratedFailurePercentage: 100 }, 2, 'FAILED'],
    [{ ToleratedFailureCount: 0 }, 1, 'FAILED'],
    [{ ToleratedFailurePercentage: 100 }, 4, 'SUCCEEDED'],
  ])('%p and %d failures of 4: %s', async (fields, failures, expected) => {
    const { status } = await runMap(map(TASK, { ...one, ...fields }), [1, 2, 3, 4], failing(...[1, 2, 3, 4].slice(0, failures)));
    expect(status).toBe(expected);
  });

  // input-output-resultwriter.html: "If a child workflow execution fails, Step Functions returns its execution result unchanged"
  test('leave the record of an execution in the place of its output', async () => {
    const { output } = await runMap(map(TASK, { ToleratedFailureCount: 1 }), [1, 2], failing(1));
    expect(output).toEqual([expect.objectContaining({ Status: 'FAILED', Error: 'Odd', Cause: 'why', Input: '1' }), 2]);
  });

  test('count the items of a batch, not the batches', async () => {
    const fields = { ToleratedFailureCount: 1, ItemBatcher: { MaxItemsPerBatch: 2 } };
    const { error, execution } = await runMap(map(TASK, fields), [1, 2], { task: () => ({ error: 'Odd' }) });
    expect(error).toBe('States.ExceedToleratedFailureThreshold');
    expect(execution.mapRuns[0]).toMatchObject({ itemCounts: { failed: 2 }, executionCounts: { failed: 1 } });
  });

  test('can be retried and caught by name', async () => {
    const Catch = [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'Done' }];
    const Retry = [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], MaxAttempts: 1 }];
    const state = { ...map(TASK, { Retry, Catch }), Next: 'Done' };
    const definition = { StartAt: 'It', States: { It: state, Done: { Type: 'Succeed' } } };
    const { status, types, execution } = await run(definition, [1], { uuid: counting(), task: () => ({ error: 'Odd' }) });
    expect(status).toBe('SUCCEEDED');
    expect(execution.mapRuns.map((mapRun) => mapRun.status)).toEqual(['FAILED', 'FAILED']);
    expect(types.filter((type) => type === 'MapRunFailed')).toHaveLength(2);
  });
});

describe('a Map Run', () => {
  test('can be described while it runs', async () => {
    const running = makeExecution(single(map(TASK, { MaxConcurrency: 1 })), [1, 2], {
      uuid: counting(),
      task: () => new Promise<never>(() => {}),
    });
    void running.start();
    const [mapRun] = running.mapRuns;
    await settle();
    expect(mapRun).toMatchObject({
      status: 'RUNNING',
      stopDate: undefined,
      itemCounts: { running: 1, pending: 1, total: 2, resultsWritten: 0 },
      executionCounts: { running: 1, pending: 1, total: 2 },
    });
    running.stop();
    expect(mapRun).toMatchObject({ status: 'ABORTED', itemCounts: { aborted: 1, pending: 1 } });
    expect(running.history.at(-1)?.type).toBe('ExecutionAborted');
  });

  test('inside a child is a run of that child', async () => {
    const inner = { ...map(PASS, { Label: 'Inner' }), End: true };
    const { output, execution } = await runMap(map(inner, { Label: 'Outer' }), [[1, 2], [3]]);
    expect(output).toEqual([[1, 2], [3]]);
    const [outer] = execution.mapRuns;
    expect(execution.mapRuns).toHaveLength(1);
    expect(outer.executions.map(({ mapRuns }) => mapRuns.map(({ itemCounts }) => itemCounts.succeeded))).toEqual([[2], [1]]);
  });

  test('is aborted with the branch that it runs in', async () => {
    const Branches: Json = [
      { StartAt: 'Map', States: { Map: { ...map(TASK), End: true } } },
      { StartAt: 'Bad', States: { Bad: { Type: 'Fail', Error: 'Bad' } } },
    ];
    const { types, execution } = await runMap({ Type: 'Parallel', Branches }, [1], { task: () => new Promise<never>(() => {}) });
    expect(types.slice(-4)).toEqual(['MapRunAborted', 'MapStateAborted', 'ParallelStateFailed', 'ExecutionFailed']);
    expect(execution.mapRuns[0].status).toBe('ABORTED');
  });

  test('fails by name where the host has no object store', async () => {
    const ItemReader = { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' } };
    expect(await runMap(map(PASS, { ItemReader }), {})).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'ItemReader needs S3, and this engine was given no object store (Host.objects)',
    });
  });

  test('fails with what the store says', async () => {
    const ItemReader = { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' } };
    const { error, cause } = await runMap(map(PASS, { ItemReader }), {}, { objects: new TestBucket() });
    expect([error, cause]).toEqual(['States.ItemReaderFailed', 'no object k in b']);
  });
});
