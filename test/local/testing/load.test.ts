import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import {
  type LoadOptions,
  type LocalApp,
  loadAssembly,
  loadStack,
  loadTemplate,
  type SynthesizableConstruct,
  TaskError,
} from '../../../local/testing';

const YEAR = 365 * 86_400_000;

function shop(app: App | Stage): Stack {
  const stack = new Stack(app, 'Shop');
  const fn = new lambda.Function(stack, 'Charge', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
  });
  const charge = tasks.LambdaInvoke.jsonata(stack, 'Charge card', {
    lambdaFunction: fn,
    payload: sfn.TaskInput.fromObject({ order: '{% $states.input.order %}' }),
    outputs: '{% $states.result.Payload %}',
    taskTimeout: sfn.Timeout.duration(Duration.days(30)),
    retryOnServiceExceptions: false,
  });
  charge.addRetry({ errors: ['Busy'], interval: Duration.hours(1), maxAttempts: 2, jitterStrategy: sfn.JitterType.FULL });
  const start = new sfn.Wait(stack, 'Cool off', { time: sfn.WaitTime.duration(Duration.days(365)) }).next(charge);
  new sfn.StateMachine(stack, 'Orders', { definitionBody: sfn.DefinitionBody.fromChainable(start) });
  return stack;
}

const load = (options?: LoadOptions) => loadStack(shop(new App()), options).machine('Orders');

describe('loading', () => {
  test('takes a Stack, a Stage or an App', () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    const stack = shop(stage);
    for (const construct of [stack, stage, app]) {
      expect(loadStack(construct).machines.map(({ path }) => path)).toEqual(['Prod/Shop/Orders']);
    }
  });

  test('refuses what is no construct of an App, and says what it takes', () => {
    expect(() => loadStack({} as SynthesizableConstruct)).toThrow('expected a Stack, a Stage or an App of aws-cdk-lib');
  });

  test('takes the folder that cdk synth wrote', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'kit-'));
    const app = new App({ outdir });
    shop(app);
    app.synth();
    expect(loadAssembly(outdir).machine('Orders').type).toBe('STANDARD');
    rmSync(outdir, { recursive: true });
  });

  test('takes a template', async () => {
    const machine = loadTemplate(Template.fromStack(shop(new App())).toJSON()).machines[0]!;
    machine.task('Charge card').returns('paid');
    expect((await machine.run({ order: 1 })).output).toBe('paid');
  });

  test('finds a machine by the construct itself', () => {
    const stack = shop(new App());
    const construct = stack.node.findChild('Orders') as sfn.StateMachine;
    expect(loadStack(stack).machine(construct).id).toBe('Orders');
  });

  test('names the machines there are for one that is not', () => {
    expect(() => loadStack(shop(new App())).machine('Order')).toThrow(
      "there is no state machine 'Order'; the app has\n  - Orders (Shop/Orders)",
    );
  });
});

describe('a task', () => {
  test('is replaced by a function, which gets the payload and returns the result of the Lambda function', async () => {
    const machine = load();
    machine.task('Charge card').answers((payload) => ({ charged: payload }));
    const execution = await machine.run({ order: 7 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.output).toEqual({ charged: { order: 7 } });
    expect(execution.path).toEqual(['Cool off', 'Charge card']);
  });

  test('keeps what it was called with', async () => {
    const machine = load();
    const charge = machine.task('Charge card').returns(null);
    await machine.run({ order: 7 });
    expect(charge.inputs).toEqual([{ order: 7 }]);
    expect(charge.requests[0]!.parameters).toMatchObject({
      Payload: { order: 7 },
      FunctionName: expect.stringContaining(':function:'),
    });
  });

  test('that changes what it is given changes neither the execution nor what is kept of it', async () => {
    const machine = load();
    const charge = machine.task('Charge card').answers((payload, { parameters }) => {
      (payload as { order: number }).order = 99;
      (parameters as { Payload: { order: number } }).Payload.order = 99;
      throw new TaskError('Busy');
    });
    const input = { order: 7 };
    const execution = await machine.run(input);
    expect(charge.inputs).toEqual([{ order: 7 }, { order: 7 }, { order: 7 }]);
    expect(execution.input).toEqual({ order: 7 });
    expect(execution.visits[1]!.input).toEqual({ order: 7 });
    expect(input).toEqual({ order: 7 });
  });

  test('fails with the name of a TaskError, of another error or as told', async () => {
    const machine = load();
    const errorOf = async () => (await machine.run({ order: 1 })).error;
    machine.task('Charge card').fails('Told', 'cause');
    expect(await errorOf()).toBe('Told');
    machine.task('Charge card').answers(() => {
      throw new TaskError('Lambda.TooManyRequestsException', 'slow down');
    });
    expect(await errorOf()).toBe('Lambda.TooManyRequestsException');
    machine.task('Charge card').answers(() => {
      throw new RangeError('too much');
    });
    expect(await errorOf()).toBe('RangeError');
  });

  test('that nobody answers ends by its timeout, in no time', async () => {
    const machine = load();
    machine.task('Charge card').hangs();
    const execution = await machine.run({ order: 1 });
    expect(execution.error).toBe('States.Timeout');
    expect(execution.stoppedAt - execution.startedAt).toBe(YEAR + 30 * 86_400_000);
  });

  test('that does not exist is refused, naming those that do', () => {
    expect(() => load().task('Charge')).toThrow("Orders has no Task state 'Charge'; it has\n  - Charge card");
  });
});

describe('a task that waits for somebody outside', () => {
  const TOKEN_TASK = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { FunctionName: 'notify', Payload: { 'token.$': '$$.Task.Token' } },
    TimeoutSeconds: 172_800,
    End: true,
  };

  function approval(): LocalApp {
    const stack = new Stack(new App(), 'Approvals');
    const ask = new sfn.CustomState(stack, 'Ask', { stateJson: TOKEN_TASK });
    new sfn.StateMachine(stack, 'Approval', { definitionBody: sfn.DefinitionBody.fromChainable(ask) });
    return loadStack(stack);
  }

  test('is answered by its task token, as SendTaskSuccess would', async () => {
    const app = approval();
    const ask = app.machine('Approval').task('Ask').hangs();
    const execution = app.machine('Approval').start({});
    app.sendTaskSuccess(ask.requests[0]!.taskToken!, { approved: true });
    expect((await execution.done).output).toEqual({ approved: true });
    expect(ask.inputs).toEqual([{ token: ask.requests[0]!.taskToken }]);
  });

  test('fails as SendTaskFailure says', async () => {
    const app = approval();
    const ask = app.machine('Approval').task('Ask').hangs();
    const execution = app.machine('Approval').start({});
    app.sendTaskFailure(ask.requests[0]!.taskToken!, 'Rejected', 'too expensive');
    expect(await execution.done).toMatchObject({ status: 'FAILED', error: 'Rejected', cause: 'too expensive' });
  });

  test('that is never answered ends after two days, in no time', async () => {
    const app = approval();
    app.machine('Approval').task('Ask').hangs();
    const execution = await app.machine('Approval').run({});
    expect(execution.error).toBe('States.Timeout');
    expect(execution.stoppedAt - execution.startedAt).toBe(172_800_000);
  });

  test('takes no answer twice', async () => {
    const app = approval();
    const ask = app.machine('Approval').task('Ask').hangs();
    const execution = app.machine('Approval').start({});
    const token = ask.requests[0]!.taskToken!;
    app.sendTaskSuccess(token, 1);
    await execution.done;
    expect(() => app.sendTaskSuccess(token, 2)).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
  });

  test('is answered at once where the test knows the answer', async () => {
    const app = approval();
    app.machine('Approval').task('Ask').returns({ approved: true });
    expect((await app.machine('Approval').run({})).output).toEqual({ approved: true });
  });
});

test('a machine starts another one of the app and waits for it', async () => {
  const stack = new Stack(new App(), 'Nested');
  const child = new sfn.StateMachine(stack, 'Child', {
    definitionBody: sfn.DefinitionBody.fromChainable(sfn.Pass.jsonata(stack, 'Double', { outputs: '{% $states.input.n * 2 %}' })),
  });
  const start = tasks.StepFunctionsStartExecution.jsonata(stack, 'Start', {
    stateMachine: child,
    integrationPattern: sfn.IntegrationPattern.RUN_JOB,
    input: sfn.TaskInput.fromObject({ n: '{% $states.input.n %}' }),
    outputs: '{% $states.result.Output %}',
  });
  new sfn.StateMachine(stack, 'Parent', { definitionBody: sfn.DefinitionBody.fromChainable(start) });
  const execution = await loadStack(stack).machine('Parent').run({ n: 21 });
  expect(execution.cause).toBeUndefined();
  expect(execution.output).toBe(42);
});

describe('virtual time', () => {
  test('lets a year of waiting pass at once, beginning at the given time', async () => {
    const machine = load({ startTime: new Date('2031-05-01T00:00:00Z') });
    machine.task('Charge card').returns(null);
    const execution = await machine.run({ order: 1 });
    expect(execution.startedAt).toBe(Date.parse('2031-05-01T00:00:00Z'));
    expect(execution.stoppedAt - execution.startedAt).toBe(YEAR);
  });

  test('stands still while a handler works, so that no timeout overtakes it', async () => {
    const machine = load();
    machine.task('Charge card').answers(() => new Promise((resolve) => setTimeout(() => resolve('done'), 20)));
    expect((await machine.run({ order: 1 })).output).toBe('done');
  });

  test('draws the same jitter for the same seed, and another for another', async () => {
    const pauses = async (seed: number) => {
      const machine = load({ seed });
      machine.task('Charge card').fails('Busy');
      const execution = await machine.run({ order: 1 });
      return execution.visits[1]!.failures.map(({ retriedAfter }) => retriedAfter);
    };
    const first = await pauses(1);
    expect(first).toHaveLength(3);
    expect(await pauses(1)).toEqual(first);
    expect(await pauses(2)).not.toEqual(first);
  });
});
