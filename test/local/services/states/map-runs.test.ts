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
