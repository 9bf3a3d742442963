import { definition, described, history, machine, PREFIX, refusal, START, settle, start, statesService } from './fixture';

function mapping(executionType: 'STANDARD' | 'EXPRESS') {
  const { service } = statesService({ task: ({ parameters }) => (parameters === 2 ? { error: 'Odd' } : { output: parameters }) });
  const text = definition({
    Each: {
      Type: 'Map',
      Label: 'each',
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: executionType },
        StartAt: 'Item',
        States: { Item: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
      },
      End: true,
    },
  });
  const executionArn = start(service, machine(service, text), 'all', '[1,2,3]');
  return { service, executionArn };
}

async function mapped(executionType: 'STANDARD' | 'EXPRESS' = 'STANDARD') {
  const { service, executionArn } = mapping(executionType);
  for (let i = 0; i < 10; i++) await settle();
  expect((await described(service, executionArn)).status).toBe('SUCCEEDED');
  const { mapRuns } = service.call('ListMapRuns', { executionArn });
  return { service, executionArn, mapRuns, mapRunArn: mapRuns[0].mapRunArn };
}

test('the Map Runs of an execution are listed and described', async () => {
  const { service, executionArn, mapRuns, mapRunArn } = await mapped();
  expect(mapRuns).toEqual([
    {
      executionArn,
      mapRunArn: expect.stringMatching(new RegExp(`^${PREFIX}:mapRun:orders/each:[0-9a-f-]{36}$`)),
      stateMachineArn: `${PREFIX}:stateMachine:orders/each`,
      startDate: START / 1000,
      stopDate: START / 1000,
    },
  ]);
  const counts = { pending: 0, running: 0, succeeded: 2, failed: 1, timedOut: 0, aborted: 0, total: 3, pendingRedrive: 0 };
  expect(service.call('DescribeMapRun', { mapRunArn })).toEqual({
    mapRunArn,
    executionArn,
    status: 'SUCCEEDED',
    startDate: START / 1000,
    stopDate: START / 1000,
    maxConcurrency: expect.any(Number),
    toleratedFailureCount: 1,
    toleratedFailurePercentage: 0,
    itemCounts: expect.objectContaining(counts),
    executionCounts: expect.objectContaining(counts),
    redriveCount: 0,
  });
});

test('the children of a Map Run are listed, newest first and page by page', async () => {
  const { service, mapRunArn } = await mapped();
  const first = service.call('ListExecutions', { mapRunArn, maxResults: 2 });
  const second = service.call('ListExecutions', { mapRunArn, maxResults: 2, nextToken: first.nextToken });
  expect([...first.executions, ...second.executions].map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'SUCCEEDED']);
  expect(first.executions[0]).toMatchObject({ mapRunArn, itemCount: 1, stateMachineArn: `${PREFIX}:stateMachine:orders/each` });
  expect(service.call('ListExecutions', { mapRunArn, statusFilter: 'FAILED' }).executions).toHaveLength(1);
});

test('a child is described like any execution', async () => {
  const { service, mapRunArn } = await mapped();
  const [failed] = service.call('ListExecutions', { mapRunArn, statusFilter: 'FAILED' }).executions;
  expect(service.call('DescribeExecution', failed)).toMatchObject({
    mapRunArn,
    status: 'FAILED',
    error: 'Odd',
    input: '2',
    redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
  });
  expect(history(service, failed.executionArn)).toContain('TaskFailed');
  expect(refusal(() => service.call('RedriveExecution', { executionArn: failed.executionArn }))).toMatch(
    /^ExecutionNotRedrivable/,
  );
});

test('children of Express are not listed', async () => {
  const { service, mapRunArn } = await mapped('EXPRESS');
  expect(refusal(() => service.call('ListExecutions', { mapRunArn }))).toMatch(/^StateMachineTypeNotSupported/);
});

test('a Map Run that does not exist is not found', async () => {
  const { service, executionArn } = await mapped();
  const mapRunArn = `${PREFIX}:mapRun:orders/each:none`;
  expect(refusal(() => service.call('DescribeMapRun', { mapRunArn }))).toBe(
    `ResourceNotFound: Resource not found: '${mapRunArn}'`,
  );
  expect(refusal(() => service.call('DescribeMapRun', { mapRunArn: executionArn }))).toMatch(/^InvalidArn/);
  expect(refusal(() => service.call('ListMapRuns', { executionArn: `${executionArn}x` }))).toMatch(/^ExecutionDoesNotExist/);
});

describe('UpdateMapRun', () => {
  /** Four items, one at a time, of which each waits until it is answered. */
  async function running(map: object = {}) {
    const answers: ((outcome: { output: number } | { error: string }) => void)[] = [];
    const { service } = statesService({ task: () => new Promise((resolve) => answers.push(resolve)) });
    const text = definition({
      Each: {
        Type: 'Map',
        Label: 'each',
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Item',
          States: { Item: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
        },
        End: true,
        ...map,
      },
    });
    const executionArn = start(service, machine(service, text), 'all', '[1,2,3,4]');
    await settle();
    const { mapRunArn } = service.call('ListMapRuns', { executionArn }).mapRuns[0]!;
    return { service, executionArn, mapRunArn, answers };
  }

  test('lets more children run at once, at once', async () => {
    const { service, mapRunArn, answers } = await running();
    expect(answers).toHaveLength(1);
    expect(service.call('UpdateMapRun', { mapRunArn, maxConcurrency: 3 })).toEqual({});
    await settle();
    expect(answers).toHaveLength(3);
    expect(service.call('DescribeMapRun', { mapRunArn }).maxConcurrency).toBe(3);
  });

  test('lets fewer run, once those that run have ended', async () => {
    const { service, executionArn, mapRunArn, answers } = await running({ MaxConcurrency: 3 });
    service.call('UpdateMapRun', { mapRunArn, maxConcurrency: 1 });
    answers[0]!({ output: 1 });
    answers[1]!({ output: 2 });
    for (let i = 0; i < 5; i++) await settle();
    expect(answers).toHaveLength(3);
    answers[2]!({ output: 3 });
    for (let i = 0; i < 5; i++) await settle();
    expect(answers).toHaveLength(4);
    answers[3]!({ output: 4 });
    for (let i = 0; i < 5; i++) await settle();
    expect((await described(service, executionArn)).output).toBe('[1,2,3,4]');
  });

  test('0 is no limit', async () => {
    const { service, mapRunArn, answers } = await running();
    service.call('UpdateMapRun', { mapRunArn, maxConcurrency: 0 });
    await settle();
    expect(answers).toHaveLength(4);
  });

  test('lets more children fail', async () => {
    const { service, executionArn, mapRunArn, answers } = await running({ MaxConcurrency: 4 });
    service.call('UpdateMapRun', { mapRunArn, toleratedFailurePercentage: 50 });
    for (const [i, answer] of answers.entries()) answer(i < 2 ? { error: 'Odd' } : { output: i });
    for (let i = 0; i < 5; i++) await settle();
    expect((await described(service, executionArn)).status).toBe('SUCCEEDED');
    expect(service.call('DescribeMapRun', { mapRunArn }).toleratedFailurePercentage).toBe(50);
  });

  test('changes nothing of a Map Run that has ended', async () => {
    const { service, mapRunArn } = await mapped();
    const before = service.call('DescribeMapRun', { mapRunArn });
    service.call('UpdateMapRun', { mapRunArn, maxConcurrency: 7 });
    expect(service.call('DescribeMapRun', { mapRunArn })).toEqual(before);
  });

  test.each([
    [{ maxConcurrency: -1 }, 'ValidationException'],
    [{ toleratedFailurePercentage: 100.1 }, 'ValidationException'],
    [{ toleratedFailureCount: '1' }, 'SerializationException'],
  ])('refuses %j', async (changes, name) => {
    const { service, mapRunArn } = await running();
    expect(refusal(() => service.handle('UpdateMapRun', { mapRunArn, ...changes }, {}))).toMatch(new RegExp(`^${name}: `));
  });
});
