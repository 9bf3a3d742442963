import { Duration, type Stack, Token } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { RetryPolicy } from 'cdk-workflow-patterns';
import { definitionOf, newFunction, newStack, type StateJson } from '../support/definitions';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

function task(id: string): tasks.LambdaInvoke {
  return new tasks.LambdaInvoke(stack, id, {
    lambdaFunction: newFunction(stack, `${id}Function`),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
  });
}

function retriesOf(state: sfn.State): { [field: string]: unknown }[] | undefined {
  return (state.toStateJson() as StateJson).Retry;
}

describe('what is rendered', () => {
  test('the three retriers of the worked example', () => {
    const helloWorld = task('HelloWorld');
    for (const [error, seconds, maxAttempts] of [
      ['CustomError', 1, 2],
      ['States.TaskFailed', 30, 2],
      ['States.ALL', 5, 5],
    ] as const) {
      RetryPolicy.of({ errors: [error], interval: Duration.seconds(seconds), maxAttempts, backoffRate: 2 }).applyTo(helloWorld);
    }
    const definition = definitionOf(stack, helloWorld);
    expect(definition).toEqual({
      StartAt: 'HelloWorld',
      States: {
        HelloWorld: {
          Type: 'Task',
          Resource: 'arn:aws:lambda:us-east-1:111122223333:function:HelloWorldFunction',
          Retry: [
            { ErrorEquals: ['CustomError'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 2.0 },
            { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 30, MaxAttempts: 2, BackoffRate: 2.0 },
            { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2.0 },
          ],
          End: true,
        },
      },
    });
  });

  test('of adds nothing to what is given', () => {
    const a = task('A');
    RetryPolicy.of({ errors: ['E'] }).applyTo(a);
    expect(JSON.parse(JSON.stringify(retriesOf(a)))).toEqual([{ ErrorEquals: ['E'] }]);
  });

  test('each prop has its field', () => {
    const a = task('A');
    RetryPolicy.of({
      errors: ['E', 'F'],
      interval: Duration.minutes(1),
      maxAttempts: 0,
      backoffRate: 1.5,
      maxDelay: Duration.hours(1),
      jitter: sfn.JitterType.NONE,
    }).applyTo(a);
    expect(retriesOf(a)).toEqual([
      {
        ErrorEquals: ['E', 'F'],
        IntervalSeconds: 60,
        MaxAttempts: 0,
        BackoffRate: 1.5,
        MaxDelaySeconds: 3600,
        JitterStrategy: 'NONE',
      },
    ]);
  });

  const NOT_RUN = [
    'Lambda.TooManyRequestsException',
    'Lambda.EC2ThrottledException',
    'Lambda.ENILimitReachedException',
    'Lambda.ENINotReadyException',
    'Lambda.SubnetIPAddressLimitReachedException',
    'Lambda.ResourceNotReadyException',
    'Lambda.SnapStartNotReadyException',
  ];
  const CDKS_OWN = [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
  ];
  const DENIED = [
    'DynamoDB.ProvisionedThroughputExceededException',
    'DynamoDb.ProvisionedThroughputExceededException',
    'DynamoDb.RequestLimitExceededException',
    'DynamoDb.ThrottlingException',
  ];

  describe.each([
    ['throttling', 'errors after which the function has not run', NOT_RUN],
    ['transient', 'these and the four errors of CDK’s own retry', [...NOT_RUN, ...CDKS_OWN]],
    ['dynamoDbThrottling', 'errors after which nothing was written', DENIED],
    ['ecsPlacement', 'errors after which no task was started', ['ECS.AmazonECSException', 'AmazonECS.Unknown']],
  ] as const)('%s', (preset, what, ErrorEquals) => {
    const DEFAULTS = { IntervalSeconds: 2, MaxAttempts: 6, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: 'FULL' };

    test(`retries ${what}, six times with full jitter`, () => {
      const a = task('A');
      RetryPolicy[preset]().applyTo(a);
      expect(retriesOf(a)).toEqual([{ ErrorEquals, ...DEFAULTS }]);
    });

    test.each([
      [{ interval: Duration.seconds(1) }, { IntervalSeconds: 1 }],
      [{ interval: Duration.seconds(30) }, { IntervalSeconds: 30, MaxDelaySeconds: 60 }],
      [{ interval: Duration.seconds(31) }, { IntervalSeconds: 31, MaxDelaySeconds: 62 }],
      [{ interval: Duration.hours(1) }, { IntervalSeconds: 3600, MaxDelaySeconds: 7200 }],
      [
        { interval: Duration.minutes(1), maxDelay: Duration.minutes(5) },
        { IntervalSeconds: 60, MaxDelaySeconds: 300 },
      ],
      [{ maxAttempts: 0 }, { MaxAttempts: 0 }],
      [{ backoffRate: 1 }, { BackoffRate: 1 }],
      [{ maxDelay: Duration.seconds(3) }, { MaxDelaySeconds: 3 }],
      [{ jitter: sfn.JitterType.NONE }, { JitterStrategy: 'NONE' }],
      [{ interval: undefined, maxAttempts: undefined, maxDelay: undefined }, {}],
    ])('takes what options say instead, case %#', (options, changed) => {
      const a = task('A');
      RetryPolicy[preset](options).applyTo(a);
      expect(retriesOf(a)).toEqual([{ ErrorEquals, ...DEFAULTS, ...changed }]);
    });
  });

  test('CDK’s own retry of a Lambda function has no name that transient lacks', () => {
    const invoke = new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: newFunction(stack, 'F') });
    expect(retriesOf(invoke)).toMatchObject([{ ErrorEquals: CDKS_OWN }]);
  });
});

describe('what it is applied to', () => {
  const policy = RetryPolicy.of({ errors: ['E'] });

  test('a single state alone, not what follows it', () => {
    const [a, b] = [task('A'), task('B')];
    a.next(b);
    policy.applyTo(a);
    expect([retriesOf(a), retriesOf(b)]).toEqual([[expect.objectContaining({ ErrorEquals: ['E'] })], undefined]);
  });

  test('each Task, Parallel, Map and custom state of a chain', () => {
    const parallel = new sfn.Parallel(stack, 'Parallel').branch(task('Inner'));
    const map = new sfn.Map(stack, 'Map').itemProcessor(new sfn.Pass(stack, 'Item'));
    const custom = new sfn.CustomState(stack, 'Custom', {
      stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish' },
    });
    const written = new sfn.CustomState(stack, 'Written', { stateJson: { Type: 'Pass' } });
    const wait = new sfn.Wait(stack, 'Wait', { time: sfn.WaitTime.duration(Duration.seconds(1)) });
    const chain = task('A').next(wait).next(parallel).next(map).next(custom).next(written);
    policy.applyTo(chain);
    const { States } = definitionOf(stack, chain);
    const retrying = Object.keys(States).filter((name) => States[name].Retry);
    expect(retrying).toEqual(['A', 'Parallel', 'Map', 'Custom']);
    expect(States.Parallel.Branches[0].States.Inner.Retry).toBeUndefined();
  });

  test('the branches behind a Choice', () => {
    const choice = sfn.Choice.jsonata(stack, 'Choice').when(sfn.Condition.jsonata('{% true %}'), task('A')).otherwise(task('B'));
    policy.applyTo(choice.afterwards());
    const { States } = definitionOf(stack, choice);
    expect([States.A.Retry, States.B.Retry]).toEqual([[{ ErrorEquals: ['E'] }], [{ ErrorEquals: ['E'] }]]);
  });

  test('not what was chained behind the target', () => {
    const chain = task('A').next(task('B'));
    chain.next(task('C'));
    policy.applyTo(chain);
    const { States } = definitionOf(stack, chain);
    expect(Object.keys(States).filter((name) => States[name].Retry)).toEqual(['A', 'B']);
  });

  test('each state of a chain whose end leads back into it', () => {
    const [a, b, c] = [task('A'), task('B'), task('C')];
    const chain = a.next(b).next(c);
    c.next(b);
    policy.applyTo(chain);
    const { States } = definitionOf(stack, chain);
    expect(Object.keys(States).filter((name) => States[name].Retry)).toEqual(['A', 'B', 'C']);
  });

  test('each state of a loop that a Choice behind the chain closes, but not what is behind the chain', () => {
    const submit = task('Submit');
    const chain = submit.next(task('Check'));
    const done = sfn.Choice.jsonata(stack, 'Done?');
    done.when(sfn.Condition.jsonata('{% $states.input.done %}'), task('Report')).otherwise(submit);
    chain.next(done);
    policy.applyTo(chain);
    const { States } = definitionOf(stack, chain);
    expect(Object.keys(States).filter((name) => States[name].Retry)).toEqual(['Submit', 'Check']);
  });

  test('each state of a loop within the target', () => {
    const check = task('Check');
    const choice = sfn.Choice.jsonata(stack, 'Done?').when(sfn.Condition.jsonata('{% $states.input.done %}'), task('Report'));
    const wait = new sfn.Wait(stack, 'Wait', { time: sfn.WaitTime.duration(Duration.seconds(1)) });
    choice.otherwise(wait.next(task('Poke')).next(check));
    policy.applyTo(check.next(choice));
    const { States } = definitionOf(stack, check);
    const retrying = Object.keys(States).filter((name) => States[name].Retry);
    expect(retrying.sort()).toEqual(['Check', 'Poke', 'Report']);
  });

  test('not the handlers of errors', () => {
    const a = task('A').addCatch(task('Handler'));
    policy.applyTo(sfn.Chain.start(a));
    const { States } = definitionOf(stack, a);
    expect(Object.keys(States).filter((name) => States[name].Retry)).toEqual(['A']);
  });

  test.each(['Task', 'Parallel', 'Map'])('a custom state of type %s', (Type) => {
    const custom = new sfn.CustomState(stack, 'Custom', { stateJson: { Type } });
    policy.applyTo(custom);
    expect(retriesOf(custom)).toMatchObject([{ ErrorEquals: ['E'] }]);
  });

  test('refuses a Choice, whose branches are not of it', () => {
    const choice = sfn.Choice.jsonata(stack, 'Choice').otherwise(task('A'));
    expect(() => policy.applyTo(choice)).toThrow('target received "Choice"; apply a retry policy to a Task,');
  });

  test('refuses a target that cannot retry', () => {
    expect(() => policy.applyTo(new sfn.Pass(stack, 'Pass'))).toThrow('target received "Pass"; apply a retry policy to a Task,');
  });

  test('is checked again for each state it is applied to', () => {
    const [a, b] = [task('A'), task('B')];
    const all = RetryPolicy.of({ errors: ['States.ALL'] });
    all.applyTo(a);
    expect(() => all.applyTo(b)).not.toThrow();
    expect(() => all.applyTo(a)).toThrow("state 'A' has a Retry for States.ALL, which must be last");
  });
});

describe('States.ALL', () => {
  const all = RetryPolicy.of({ errors: ['States.ALL'] });
  const named = RetryPolicy.of({ errors: ['E'] });

  test('is refused beside other names', () => {
    expect(() => RetryPolicy.of({ errors: ['E', 'States.ALL'] })).toThrow(
      'errors received ["E","States.ALL"]; States.ALL must appear alone: remove it or the other names',
    );
  });

  test('is refused before other retriers', () => {
    const a = task('A');
    all.applyTo(a);
    expect(() => named.applyTo(a)).toThrow(
      'Shop/A: errors received ["E"]; state \'A\' has a Retry for States.ALL, which must be last: add this one first',
    );
  });

  test('is noticed where CDK added it', () => {
    const a = task('A').addRetry();
    expect(() => named.applyTo(a)).toThrow("state 'A' has a Retry for States.ALL");
  });

  test('is taken after CDK’s retriers', () => {
    const a = task('A').addRetry({ errors: ['E'] });
    all.applyTo(a);
    expect(retriesOf(a)).toMatchObject([{ ErrorEquals: ['E'] }, { ErrorEquals: ['States.ALL'] }]);
  });

  test('is refused before the Retry of a custom state, which is rendered last', () => {
    const json = (errors: string[]) => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Retry: [{ ErrorEquals: errors }],
    });
    const custom = new sfn.CustomState(stack, 'A', { stateJson: json(['E']) });
    expect(() => all.applyTo(custom)).toThrow("the Retry in the stateJson of 'A' is rendered behind it");
    const other = new sfn.CustomState(stack, 'B', { stateJson: json(['States.ALL']) });
    named.applyTo(other);
    expect(retriesOf(other)).toMatchObject([{ ErrorEquals: ['E'] }, { ErrorEquals: ['States.ALL'] }]);
  });
});

describe('AWS’s limits', () => {
  const errors = ['E'];

  test.each([
    [{ interval: Duration.seconds(0) }, 'interval received "0 seconds"; use whole seconds from 1 to 99999999'],
    [{ interval: Duration.millis(1500) }, 'interval received "1.5 seconds"; use whole seconds from 1 to 99999999'],
    [{ interval: Duration.seconds(100_000_000) }, 'interval received "100000000 seconds"; use whole seconds from 1 to 99999999'],
    [{ maxAttempts: -1 }, 'maxAttempts received -1; use a whole number from 0 to 99999999'],
    [{ maxAttempts: 1.5 }, 'maxAttempts received 1.5; use a whole number from 0 to 99999999'],
    [{ maxAttempts: 100_000_000 }, 'maxAttempts received 100000000; use a whole number from 0 to 99999999'],
    [{ backoffRate: 0.99 }, 'backoffRate received 0.99; use a number of 1 or more'],
    [{ backoffRate: Number.NaN }, 'backoffRate received NaN; use a number of 1 or more'],
    [{ backoffRate: Number.POSITIVE_INFINITY }, 'backoffRate received Infinity; use a number of 1 or more'],
    [{ maxDelay: Duration.seconds(0) }, 'maxDelay received "0 seconds"; use whole seconds from 1 to 31622400'],
    [{ maxDelay: Duration.seconds(31_622_401) }, 'maxDelay received "31622401 seconds"; use whole seconds from 1 to 31622400'],
    [{ maxDelay: Duration.seconds(1) }, 'maxDelay received "1 seconds"; it must be longer than the interval of 1 seconds'],
    [
      { interval: Duration.seconds(9), maxDelay: Duration.seconds(9) },
      'maxDelay received "9 seconds"; it must be longer than the interval of 9 seconds',
    ],
  ])('refuse %j', (options, message) => {
    expect(() => RetryPolicy.of({ errors, ...options })).toThrow(message);
  });

  test.each([
    [{ interval: Duration.seconds(1) }],
    [{ interval: Duration.seconds(99_999_999) }],
    [{ maxAttempts: 0 }],
    [{ maxAttempts: 99_999_999 }],
    [{ backoffRate: 1 }],
    [{ maxDelay: Duration.seconds(2) }],
    [{ maxDelay: Duration.seconds(31_622_400) }],
  ])('allow %j', (options) => {
    expect(() => RetryPolicy.of({ errors, ...options })).not.toThrow();
  });

  test('hold for the presets too', () => {
    expect(() => RetryPolicy.throttling({ maxDelay: Duration.seconds(2) })).toThrow(
      'maxDelay received "2 seconds"; it must be longer',
    );
  });

  test('are not checked on numbers known at deployment alone', () => {
    const token = Token.asNumber({ Ref: 'P' });
    expect(() => RetryPolicy.of({ errors, maxAttempts: token, interval: Duration.seconds(token) })).not.toThrow();
  });

  test('refuse an empty list, an empty name and a token as names of errors', () => {
    expect(() => RetryPolicy.of({ errors: [] })).toThrow('errors received []; name at least one error');
    expect(() => RetryPolicy.of({ errors: [''] })).toThrow('errors received [""]; name at least one error');
    expect(() => RetryPolicy.of({ errors: [Token.asString({ Ref: 'P' })] })).toThrow('name errors literally');
    expect(() => RetryPolicy.of({ errors: Token.asList({ Ref: 'P' }) })).toThrow(
      'errors received a token; name errors literally',
    );
  });
});
