import * as fc from 'fast-check';
import { LocalClock } from '../../../../local/app/local-clock';
import { OPERATIONS } from '../../../../local/services/states/operations';
import { definition, PASS, PREFIX, ROLE } from '../states/fixture';
import type { RawRequest } from './raw-client';
import { serving } from './serving';

const REQUESTS = 3000;

/** Values that exist, nearly exist, or mean something to somebody. */
const telling = fc.constantFrom<unknown>(
  `${PREFIX}:stateMachine:orders`,
  `${PREFIX}:stateMachine:orders:1`,
  `${PREFIX}:stateMachine:orders:live`,
  `${PREFIX}:stateMachine:express`,
  `${PREFIX}:execution:orders:canary`,
  `${PREFIX}:execution:orders:fuzz`,
  `${PREFIX}:activity:work`,
  `${PREFIX}:express:a:b:c`,
  `${PREFIX}:stateMachine`,
  `${PREFIX}:stateMachine:a:b:c:d:e`,
  'arn:',
  'arn:aws:states',
  ROLE,
  PASS,
  definition({ Wait: { Type: 'Wait', Seconds: 3600, End: true } }),
  definition({ Work: { Type: 'Task', Resource: `${PREFIX}:activity:work`, TimeoutSeconds: 5, End: true } }),
  '{}',
  '{"__proto__":{"polluted":true}}',
  '['.repeat(5000),
  '['.repeat(5000) + ']'.repeat(5000),
  'orders',
  'fuzz',
  'RUNNING',
  'EXPRESS',
  'W1siYSIsMV0=',
  Buffer.from('[null,null]').toString('base64'),
  '',
  -1,
  0,
  1.5,
  1e308,
  1001,
  null,
  true,
  [],
  {},
  [{ key: 'a', value: 'b' }],
  [{ stateMachineVersionArn: `${PREFIX}:stateMachine:orders:1`, weight: 100 }],
  { level: 'ALL', destinations: [{}] },
);

const value = fc.oneof(
  { weight: 6, arbitrary: telling },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.jsonValue() },
);

const member = fc.constantFrom(
  ...[
    'stateMachineArn',
    'executionArn',
    'activityArn',
    'resourceArn',
    'stateMachineVersionArn',
    'stateMachineAliasArn',
    'mapRunArn',
  ],
  ...['name', 'definition', 'roleArn', 'type', 'input', 'output', 'taskToken', 'error', 'cause', 'workerName', 'traceHeader'],
  ...['maxResults', 'nextToken', 'statusFilter', 'reverseOrder', 'includeExecutionData', 'includedData', 'revisionId', 'publish'],
  ...['mock', 'context', 'variables', 'inspectionLevel', 'stateName', 'stateConfiguration', 'clientToken', 'redriveFilter'],
  ...['tags', 'tagKeys', 'routingConfiguration', 'loggingConfiguration', 'description', '__proto__', 'constructor'],
);

const input = fc.array(fc.tuple(member, value), { maxLength: 7 }).map((members) => JSON.stringify(Object.fromEntries(members)));

/** What must not be done to the canary: it would be no sign of a fault. */
const harmless = Object.keys(OPERATIONS).filter((action) => !/^(Delete|Update)StateMachine$/.test(action));
const action = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom(...harmless) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii' }) },
);

const body = fc.oneof(
  { weight: 12, arbitrary: input },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)) },
);

const request: fc.Arbitrary<RawRequest> = fc.record({
  headers: action.map((name) => ({ 'x-amz-target': `AWSStepFunctions.${name.replace(/[^\x20-\x7e]/g, '')}` })),
  body,
});

test(`${REQUESTS} requests of sense and nonsense: no fault of the program, and nothing that leaks`, async () => {
  // waits take no time, so that no poll and no synchronous execution holds the test up
  const { service, client, faults, close } = await serving({
    clock: LocalClock.skippingWaits() as never,
    onFault: (fault) => void faults.push(fault),
  });
  const create = (name: string, type: 'STANDARD' | 'EXPRESS') =>
    service.call('CreateStateMachine', { name, definition: PASS, roleArn: ROLE, type, publish: true });
  create('orders', 'STANDARD');
  create('express', 'EXPRESS');
  service.call('CreateActivity', { name: 'work' });
  const canary = service.call('StartExecution', {
    stateMachineArn: `${PREFIX}:stateMachine:orders`,
    name: 'canary',
    input: '{"only":"mine"}',
  });
  const shown = () => service.call('DescribeExecution', { executionArn: canary.executionArn });
  const before = shown();

  const statuses = new Map<number, number>();
  const requests = fc.sample(request, { numRuns: REQUESTS, seed: 20_260_101 });
  for (let at = 0; at < requests.length; at += 16) {
    const answers = await Promise.all(requests.slice(at, at + 16).map((each) => client.send(each)));
    for (const { status, text } of answers) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(text).not.toMatch(/\bat .*\.[jt]s:\d+/);
    }
  }

  expect(faults).toEqual([]);
  expect([...statuses.keys()].sort()).toEqual([200, 400]);
  expect(statuses.get(200)).toBeGreaterThan(100); // or it was all nonsense
  expect(shown()).toEqual(before);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  await close();
}, 60_000);
