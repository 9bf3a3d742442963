import type { Json, TaskOutcome, TaskRequest } from '../../../../local/engine';
import { problemsOf, type RunOptions, run, runState, single, TestClock } from '../fixture';

const LAMBDA = 'arn:aws:lambda:eu-west-1:123456789012:function:price';
const INVOKE = 'arn:aws:states:::lambda:invoke';
const SEND = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
const ACTIVITY = 'arn:aws:states:eu-west-1:123456789012:activity:paint';

function task(fields: { [field: string]: Json }, input: Json = {}, options: RunOptions = {}) {
  return runState({ Type: 'Task', Resource: INVOKE, ...fields }, input, options);
}

/** Never answers. */
const silent = () => new Promise<TaskOutcome>(() => {});

describe('a Task state', () => {
  test('sends what Parameters make and passes on what ResultSelector leaves', async () => {
    const { output } = await task(
      { Parameters: { 'order.$': '$.id' }, ResultSelector: { 'p.$': '$.price' }, ResultPath: '$.quote' },
      { id: 7 },
      { task: ({ parameters }) => ({ output: { price: 5, asked: parameters } }) },
    );
    expect(output).toEqual({ id: 7, quote: { p: 5 } });
  });

  test('sends what Arguments evaluate to and offers the result to Output and Assign', async () => {
    const seen: Json[] = [];
    const { output, events } = await task(
      {
        QueryLanguage: 'JSONata',
        Arguments: { id: '{% $states.input.id %}' },
        Output: '{% $states.result.price * 2 %}',
        Assign: { p: '{% $states.result.price %}' },
      },
      { id: 7 },
      {
        task: ({ parameters }) => {
          seen.push(parameters);
          return { output: { price: 5 } };
        },
      },
    );
    expect([seen, output]).toEqual([[{ id: 7 }], 10]);
    expect(events.at(-2)?.details.assignedVariables).toEqual({ p: 5 });
  });

  test('tells the host which attempt of which state it is', async () => {
    const requests: TaskRequest[] = [];
    await task(
      { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] },
      {},
      {
        task: (request) => {
          requests.push(request);
          return requests.length === 1 ? { error: 'Once' } : { output: 1 };
        },
      },
    );
    expect(requests.map(({ stateName, retryCount, resource }) => [stateName, retryCount, resource])).toEqual([
      ['It', 0, INVOKE],
      ['It', 1, INVOKE],
    ]);
  });

  test('records Task events for a service, with its type and action', async () => {
    const { events } = await task({ Resource: 'arn:aws:states:::aws-sdk:s3:getObject', TimeoutSeconds: 5 });
    expect(events.slice(2, 5).map(({ type, details }) => [type, details.resourceType, details.resource])).toEqual([
      ['TaskScheduled', 'aws-sdk:s3', 'getObject'],
      ['TaskStarted', 'aws-sdk:s3', 'getObject'],
      ['TaskSucceeded', 'aws-sdk:s3', 'getObject'],
    ]);
    expect(events[2].details).toMatchObject({ region: 'eu-west-1', timeoutInSeconds: 5, parameters: {} });
  });

  test('records LambdaFunction events for a function named directly', async () => {
    const { types, events } = await task({ Resource: LAMBDA }, { a: 1 });
    expect(types.slice(2, 5)).toEqual(['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded']);
    expect(events[2].details).toEqual({ input: { a: 1 }, resource: LAMBDA });
  });

  test('fails as the task failed, name or none', async () => {
    expect(await task({}, {}, { task: () => ({ error: 'Sold out', cause: 'gone' }) })).toMatchObject({
      error: 'Sold out',
      cause: 'gone',
    });
    expect(await task({}, {}, { task: () => ({}) })).not.toHaveProperty('error');
  });

  test('takes a promise that the host breaks for States.Runtime', async () => {
    const { error, cause } = await task({}, {}, { task: () => Promise.reject(new Error('no such port')) });
    expect([error, cause]).toEqual(['States.Runtime', expect.stringContaining('The task could not be run: no such port')]);
  });

  test('fails by name where the result is larger than AWS takes', async () => {
    const { error, cause, types } = await task({}, {}, { task: () => ({ output: 'é'.repeat(131_072) }) });
    expect(error).toBe('States.DataLimitExceeded');
    expect(cause).toBe(
      "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
    );
    expect(types).toContain('TaskFailed');
  });

  test('is refused where Resource is missing or no ARN', () => {
    expect(problemsOf(single({ Type: 'Task' })).map(({ message }) => message)).toEqual([
      "The field 'Resource' is required but was missing",
    ]);
    expect(problemsOf(single({ Type: 'Task', Resource: 'price' }))).toEqual([
      { code: 'SCHEMA_VALIDATION_FAILED', location: '/States/It/Resource', message: 'Value is not a valid resource ARN' },
    ]);
  });

  test('is refused in Express where it would wait for something outside', () => {
    const refusals = [ACTIVITY, SEND, 'arn:aws:states:::states:startExecution.sync'].map((Resource) =>
      problemsOf(single({ Type: 'Task', Resource }), 'EXPRESS').map(({ message }) => message),
    );
    expect(refusals).toEqual([
      ['Express state machine does not support Activity ARN'],
      ["Express state machine does not support '.waitForTaskToken' service integration "],
      ["Express state machine does not support '.sync' service integration"],
    ]);
  });
});

describe('a time-out', () => {
  test.each<[{ [field: string]: Json }]>([
    [{ TimeoutSeconds: 30 }],
    [{ TimeoutSecondsPath: '$.t' }],
    [{ QueryLanguage: 'JSONata', TimeoutSeconds: '{% $states.input.t %}' }],
  ])('as %p says ends the attempt as States.Timeout and aborts it', async (fields) => {
    let signal: AbortSignal | undefined;
    const ran = await task(
      fields,
      { t: 30 },
      {
        task: (request) => {
          signal = request.signal;
          return silent();
        },
      },
    );
    expect(ran).toMatchObject({ error: 'States.Timeout', seconds: 30 });
    expect(ran.types.at(-2)).toBe('TaskTimedOut');
    expect(signal?.aborted).toBe(true);
  });

  test('leaves no timer behind when the task answers in time', async () => {
    const { clock } = await task({ TimeoutSeconds: 30 });
    expect(clock.pending).toBe(0);
  });

  test('whose path leads nowhere fails before the task is scheduled', async () => {
    const { cause, types } = await task({ TimeoutSecondsPath: '$.t' });
    expect(cause).toContain("Invalid path '$.t' : No results for path: $['t']");
    expect(types).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed']);
  });
});

describe('a task token', () => {
  test('is in the context object, new for each attempt, and given to the host', async () => {
    const pairs: [Json, string | undefined][] = [];
    const numbers = [0.1, 0.2];
    await task(
      { Resource: SEND, Parameters: { 'token.$': '$$.Task.Token' }, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] },
      {},
      {
        random: () => numbers[pairs.length],
        task: ({ parameters, taskToken }) => {
          pairs.push([(parameters as { token: Json }).token, taskToken]);
          return { error: 'Again' };
        },
      },
    );
    expect(pairs.map(([sent, given]) => sent === given)).toEqual([true, true]);
    expect(pairs[0][0]).not.toBe(pairs[1][0]);
    expect(pairs[0][1]?.length).toBeGreaterThan(500);
  });

  test('keeps the state waiting until the host has an outcome; that the service took the request is recorded', async () => {
    const { types, output } = await task(
      { Resource: SEND },
      {},
      {
        task: ({ progress }) => {
          progress?.submitted({ MessageId: 'm' });
          return Promise.resolve({ output: 'approved' });
        },
      },
    );
    expect(types.slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
    expect(output).toBe('approved');
  });
});

describe('a heartbeat', () => {
  /** A task whose holder beats at these seconds and never answers. */
  function beating(fields: { [field: string]: Json }, beats: readonly number[]) {
    const clock = new TestClock();
    const States = {
      It: { Type: 'Task', Resource: SEND, HeartbeatSeconds: 10, End: true, ...fields },
      Missed: { Type: 'Pass', End: true },
    };
    const definition = { StartAt: 'It', States: 'Catch' in fields ? States : { It: States.It } };
    const answer = ({ progress }: TaskRequest) => {
      for (const at of beats) clock.schedule(clock.now() + at * 1000, () => progress?.heartbeat());
      return silent();
    };
    return run(definition, {}, { clock, task: answer });
  }

  test('that fails to come in time ends the attempt as States.Timeout', async () => {
    expect(await beating({}, [8, 16])).toMatchObject({ error: 'States.Timeout', seconds: 26 });
  });

  test('that is missed is caught by its own name too', async () => {
    const { status, output } = await beating({ Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Missed' }] }, []);
    expect([status, output]).toEqual(['SUCCEEDED', { Error: 'States.Timeout', Cause: '' }]);
  });

  test('does not keep a task alive beyond its time-out', async () => {
    expect(await beating({ TimeoutSeconds: 15 }, [8, 14])).toMatchObject({ error: 'States.Timeout', seconds: 15 });
  });
});

describe('an activity', () => {
  test('begins when a worker takes it: its time-out counts from there', async () => {
    const clock = new TestClock();
    const tokens: (string | undefined)[] = [];
    const answer = ({ progress, taskToken }: TaskRequest) => {
      tokens.push(taskToken);
      clock.schedule(clock.now() + 60_000, () => progress?.started('painter'));
      return silent();
    };
    const { types, seconds, events } = await task({ Resource: ACTIVITY, TimeoutSeconds: 5 }, { a: 1 }, { task: answer, clock });
    expect(types.slice(2)).toEqual(['ActivityScheduled', 'ActivityStarted', 'ActivityTimedOut', 'ExecutionFailed']);
    expect(events[3].details).toEqual({ workerName: 'painter' });
    expect([seconds, tokens]).toEqual([65, [expect.any(String)]]);
  });
});
