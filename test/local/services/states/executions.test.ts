import {
  definition,
  described,
  history,
  machine,
  PASS,
  PREFIX,
  ROLE,
  refusal,
  START,
  settle,
  start,
  statesService,
  WAIT,
} from './fixture';

const FAIL = definition({ Fail: { Type: 'Fail', Error: 'Broken', Cause: 'by design' } });

describe('StartExecution', () => {
  test('answers with the ARN and the date, and names the execution where nobody does', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    const { executionArn, startDate } = service.call('StartExecution', { stateMachineArn });
    expect(executionArn).toMatch(new RegExp(`^${PREFIX}:execution:orders:[0-9a-f-]{36}$`));
    expect(startDate).toBe(START / 1000);
  });

  test('is idempotent while the execution runs, by name and input', () => {
    const { service, clock } = statesService();
    const stateMachineArn = machine(service, WAIT);
    const first = service.call('StartExecution', { stateMachineArn, name: 'once', input: '{"a":1}' });
    clock.time += 1000;
    expect(service.call('StartExecution', { stateMachineArn, name: 'once', input: '{"a":1}' })).toEqual(first);
    expect(service.call('ListExecutions', { stateMachineArn }).executions).toHaveLength(1);
    expect(refusal(() => start(service, stateMachineArn, 'once', '{"a":2}'))).toBe(
      `ExecutionAlreadyExists: Execution Already Exists: '${first.executionArn}'`,
    );
  });

  test('does not start again what has ended', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    start(service, stateMachineArn, 'once');
    expect(refusal(() => start(service, stateMachineArn, 'once'))).toBe(
      `ExecutionAlreadyExists: Execution Already Exists: '${PREFIX}:execution:orders:once'`,
    );
  });

  test('starts as many executions of one name as it is asked for of an Express machine', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service, PASS, 'EXPRESS');
    const [first, second] = [start(service, stateMachineArn, 'same'), start(service, stateMachineArn, 'same')];
    expect(first).toMatch(new RegExp(`^${PREFIX}:express:orders:same:[0-9a-f-]{36}$`));
    expect(second).not.toBe(first);
  });

  test.each(['1', '"text"', 'false', '[]'])('takes any JSON as input: %s', async (input) => {
    const { service } = statesService();
    const executionArn = start(service, machine(service), 'a', input);
    expect(await described(service, executionArn)).toMatchObject({ input, output: input });
  });

  test.each([
    ['', 'Invalid execution input.'],
    [
      'not some test',
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    ["{'not': 'json'}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"],
  ])('refuses the input %p', (input, reason) => {
    const { service } = statesService();
    expect(refusal(() => start(service, machine(service), 'a', input))).toBe(
      `InvalidExecutionInput: Invalid State Machine Execution Input: '${reason}'`,
    );
  });

  test('takes 256 KB of input and not a byte more', async () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    const largest = JSON.stringify('é'.repeat((262_144 - 2) / 2));
    expect((await described(service, start(service, stateMachineArn, 'fits', largest))).status).toBe('SUCCEEDED');
    expect(refusal(() => start(service, stateMachineArn, 'too-large', `${largest} `))).toBe(
      "ValidationException: 1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have size less than or equal to 262144 bytes in UTF-8 encoding",
    );
  });

  test('refuses input nested beyond measure', () => {
    const { service } = statesService();
    expect(refusal(() => start(service, machine(service), 'a', '['.repeat(100_000) + ']'.repeat(100_000)))).toMatch(
      /^InvalidExecutionInput: .*nesting depth/,
    );
  });

  test('keeps keys that mean something to JavaScript as data', async () => {
    const { service } = statesService();
    const input = '{"__proto__":{"polluted":true},"constructor":1,"toString":2}';
    const { output } = await described(service, start(service, machine(service), 'a', input));
    expect(output).toBe(input);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('looks for the machine before it looks at the name, and at the name before the input', () => {
    const { service } = statesService();
    expect(refusal(() => start(service, `${PREFIX}:stateMachine:none`, 'a b', '{'))).toMatch(/^StateMachineDoesNotExist/);
    expect(refusal(() => start(service, machine(service), 'a b', '{'))).toBe("InvalidName: Invalid Name: 'a b'");
  });
});

describe('DescribeExecution', () => {
  test('shows how an execution succeeded', async () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    const executionArn = start(service, stateMachineArn, 'first', '{"a": 1}');
    expect(await described(service, executionArn)).toEqual({
      executionArn,
      stateMachineArn,
      name: 'first',
      status: 'SUCCEEDED',
      startDate: START / 1000,
      stopDate: START / 1000,
      input: '{"a": 1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  test('shows how an execution failed', async () => {
    const { service } = statesService();
    const shown = await described(service, start(service, machine(service, FAIL)));
    expect(shown).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'by design', redriveStatus: 'REDRIVABLE' });
    expect(shown).not.toHaveProperty('output');
    expect(shown).not.toHaveProperty('redriveStatusReason');
  });

  test('shows no end of an execution that runs', () => {
    const { service } = statesService();
    const executionArn = start(service, machine(service, WAIT));
    const shown = service.call('DescribeExecution', { executionArn });
    expect(shown).toMatchObject({ status: 'RUNNING', redriveStatusReason: 'Execution is RUNNING and cannot be redriven' });
    for (const member of ['stopDate', 'output', 'error', 'cause']) expect(shown).not.toHaveProperty(member);
  });

  test('leaves the data out of the metadata', async () => {
    const { service } = statesService();
    const executionArn = start(service, machine(service));
    await settle();
    const shown = service.call('DescribeExecution', { executionArn, includedData: 'METADATA_ONLY' });
    expect(shown).toMatchObject({ inputDetails: { included: false }, outputDetails: { included: false } });
    for (const member of ['input', 'output']) expect(shown).not.toHaveProperty(member);
  });

  test('refuses a trace header that is not ASCII', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    expect(refusal(() => service.call('StartExecution', { stateMachineArn, traceHeader: 'Root=é' }))).toBe(
      "ValidationException: 1 validation error detected: Value 'Root=é' at 'traceHeader' failed to satisfy constraint: Member must satisfy regular expression pattern: \\p{ASCII}*",
    );
  });

  test('keeps the trace header', async () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    const { executionArn } = service.call('StartExecution', { stateMachineArn, traceHeader: 'Root=1-5-a' });
    expect((await described(service, executionArn)).traceHeader).toBe('Root=1-5-a');
  });
});

test.each(['DescribeExecution', 'StopExecution', 'GetExecutionHistory', 'DescribeStateMachineForExecution'] as const)(
  '%s refuses what is no Standard execution',
  (action) => {
    const { service } = statesService();
    const express = start(service, machine(service, PASS, 'EXPRESS'));
    const refused = (executionArn: string) => refusal(() => service.call(action, { executionArn }));
    expect(refused(express)).toBe("InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'");
    expect(refused(`${PREFIX}:execution:a:b`)).toBe(`ExecutionDoesNotExist: Execution Does Not Exist: '${PREFIX}:execution:a:b'`);
    expect(refused('invalid')).toBe("InvalidArn: Invalid Arn: 'Invalid ARN prefix: invalid'");
  },
);

describe('StopExecution', () => {
  test('ends an execution where it stands', () => {
    const { service, clock } = statesService();
    const executionArn = start(service, machine(service, WAIT));
    clock.time += 2500;
    expect(service.call('StopExecution', { executionArn, error: 'Enough', cause: 'said so' })).toEqual({
      stopDate: START / 1000 + 2.5,
    });
    expect(service.call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'said so',
      redriveStatus: 'REDRIVABLE',
    });
    expect(history(service, executionArn)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
    expect(clock.pending).toBe(0);
  });

  test('changes nothing of what has ended, and answers with the date of that end', () => {
    const { service, clock } = statesService();
    const executionArn = start(service, machine(service));
    clock.time += 1000;
    expect(service.call('StopExecution', { executionArn }).stopDate).toBe(START / 1000);
    expect(service.call('DescribeExecution', { executionArn }).status).toBe('SUCCEEDED');
  });
});

describe('ListExecutions', () => {
  test('lists newest first, by status', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service, WAIT);
    for (const name of ['a', 'b', 'c']) start(service, stateMachineArn, name);
    service.call('StopExecution', { executionArn: `${PREFIX}:execution:orders:b` });
    const names = (statusFilter?: 'RUNNING' | 'ABORTED' | 'SUCCEEDED') =>
      service.call('ListExecutions', { stateMachineArn, statusFilter }).executions.map(({ name }) => name);
    expect(names()).toEqual(['c', 'b', 'a']);
    expect(names('RUNNING')).toEqual(['c', 'a']);
    expect(names('ABORTED')).toEqual(['b']);
    expect(names('SUCCEEDED')).toEqual([]);
    expect(service.call('ListExecutions', { stateMachineArn, redriveFilter: 'REDRIVEN' }).executions).toEqual([]);
  });

  test('goes on where the last page ended, whatever was started since', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    for (let i = 0; i < 7; i++) start(service, stateMachineArn, `e${i}`);
    const first = service.call('ListExecutions', { stateMachineArn, maxResults: 5 });
    start(service, stateMachineArn, 'late');
    const second = service.call('ListExecutions', { stateMachineArn, maxResults: 5, nextToken: first.nextToken });
    expect(first.executions.map(({ name }) => name)).toEqual(['e6', 'e5', 'e4', 'e3', 'e2']);
    expect(second.executions.map(({ name }) => name)).toEqual(['e1', 'e0']);
    expect(second.nextToken).toBeUndefined();
  });

  test('refuses the token of another list', () => {
    const { service } = statesService();
    const [one, other] = [machine(service), machine(service, PASS, 'STANDARD', 'other')];
    for (const name of ['a', 'b']) start(service, one, name);
    const { nextToken } = service.call('ListExecutions', { stateMachineArn: one, maxResults: 1 });
    expect(refusal(() => service.call('ListExecutions', { stateMachineArn: other, nextToken }))).toBe(
      "InvalidToken: Invalid Token: 'Invalid token'",
    );
  });

  test('refuses a status that AWS does not know, in its words', () => {
    const { service } = statesService();
    const input = { stateMachineArn: machine(service), statusFilter: 'succeeded' as 'SUCCEEDED' };
    expect(refusal(() => service.call('ListExecutions', input))).toBe(
      "ValidationException: 1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    );
  });

  test('refuses Express, what does not exist, and nothing at all', () => {
    const { service } = statesService();
    const express = machine(service, PASS, 'EXPRESS');
    const refused = (input: { stateMachineArn?: string; mapRunArn?: string }) =>
      refusal(() => service.call('ListExecutions', input));
    expect(refused({ stateMachineArn: express })).toBe(
      'StateMachineTypeNotSupported: This operation is not supported by this type of state machine',
    );
    expect(refused({ stateMachineArn: `${PREFIX}:stateMachine:none` })).toMatch(/^StateMachineDoesNotExist/);
    expect(refused({})).toBe('ValidationException: Must provide a StateMachine ARN or MapRun ARN');
    expect(refused({ stateMachineArn: express, mapRunArn: `${PREFIX}:mapRun:orders/L:1` })).toMatch(/^ValidationException/);
  });
});

describe('retention', () => {
  test('the newest executions that have ended are kept, and all that run', async () => {
    const { service } = statesService({ retention: 3 });
    const stateMachineArn = machine(service, definition({ Wait: { Type: 'Wait', SecondsPath: '$', End: true } }));
    start(service, stateMachineArn, 'running', '1000');
    for (let i = 0; i < 5; i++) {
      start(service, stateMachineArn, `e${i}`, '1000');
      service.call('StopExecution', { executionArn: `${PREFIX}:execution:orders:e${i}` });
      await settle();
    }
    const { executions } = service.call('ListExecutions', { stateMachineArn });
    expect(executions.map(({ name }) => name)).toEqual(['e4', 'e3', 'e2', 'running']);
    expect(refusal(() => service.call('DescribeExecution', { executionArn: `${PREFIX}:execution:orders:e1` }))).toMatch(
      /^ExecutionDoesNotExist/,
    );
    expect(start(service, stateMachineArn, 'e1', '1')).toBe(`${PREFIX}:execution:orders:e1`);
  });

  test.each([0, -1, 1.5])('is not %p', (retention) => {
    expect(() => statesService({ retention })).toThrow(`retention must be a positive integer, got ${retention}`);
  });
});

test('a fault of the program ends the execution and is told', async () => {
  const faults: unknown[] = [];
  const { service } = statesService({ onFault: (fault) => void faults.push(fault) });
  const stateMachineArn = machine(service, definition({ Wait: { Type: 'Wait', Seconds: 1, End: true } }));
  const { service: broken } = statesService({
    onFault: (fault) => void faults.push(fault),
    clock: {
      now: () => START,
      schedule: () => {
        throw new Error('no clock');
      },
    } as never,
  });
  machine(broken, WAIT);
  const shown = await described(broken, start(broken, stateMachineArn));
  expect(shown).toMatchObject({ status: 'ABORTED', error: 'States.Runtime', cause: 'no clock' });
  expect(faults).toEqual([new Error('no clock')]);
});

test('the role of the machine is that of the execution', () => {
  const { service } = statesService();
  const executionArn = start(service, machine(service));
  const [started] = service.call('GetExecutionHistory', { executionArn }).events;
  expect(started.executionStartedEventDetails).toEqual({ input: '{}', inputDetails: { truncated: false }, roleArn: ROLE });
});
