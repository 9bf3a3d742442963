import { Duration, type Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Branch, CatchPolicy, ChoiceRouter, PurchaseRefund, RetryPolicy, Route } from 'cdk-workflow-patterns';
import { aslErrors, type DefinitionJson, definitionOf, newFunction, newStack } from '../support/definitions';

/** The states that a user brings, in the language of the machine. */
interface Users {
  pass(stack: Stack, id: string): sfn.Pass;
  task(stack: Stack, id: string): tasks.LambdaInvoke;
  map(stack: Stack, id: string): sfn.Map;
}

/** One machine that holds every construct of ours, and states of the user's before, between, in and behind them. */
function everything(stack: Stack, { pass, task, map }: Users): sfn.IChainable {
  const invoke = (id: string) => Branch.invoke(newFunction(stack, id), { timeout: Duration.minutes(1) });
  const fallback = pass(stack, 'Fallback');
  const policies = {
    retries: [RetryPolicy.transient(), RetryPolicy.of({ errors: ['States.ALL'], interval: Duration.seconds(5), maxAttempts: 5 })],
    catches: [CatchPolicy.of({ errors: ['E'], fallback, keepInput: false }), CatchPolicy.of({ fallback })],
  };
  const own = task(stack, 'Own');
  for (const policy of [...policies.retries, ...policies.catches]) {
    policy.applyTo(own);
  }
  const order = new PurchaseRefund(stack, 'Order', { purchase: invoke('Buy'), refund: invoke('Return'), ...policies });
  const again = new PurchaseRefund(stack, 'Again', {
    purchase: invoke('BuyAgain'),
    refund: Branch.chain(pass(stack, 'Give back')),
  });
  const router = new ChoiceRouter(stack, 'ByType', {
    on: '{% $states.input.TransactionType %}',
    routes: { COPY: pass(stack, 'Copy') },
    typedRoutes: [Route.ofNumber(1, pass(stack, 'One'))],
    otherwise: pass(stack, 'Other'),
  });
  const single = new ChoiceRouter(stack, 'Single', { on: '{% $states.input.type %}', routes: { A: pass(stack, 'A') } });
  const inner = new PurchaseRefund(stack, 'Inner', { purchase: invoke('BuyOne'), refund: invoke('ReturnOne') });
  return pass(stack, 'Before')
    .next(own)
    .next(order)
    .next(again)
    .next(router)
    .next(single.toSingleState())
    .next(map(stack, 'Each').itemProcessor(inner))
    .next(new sfn.Pass(stack, 'After'));
}

function isOurs(name: string): boolean {
  return /^(Order: |Again: |ByType$)/.test(name);
}

describe('in a JSONPath machine', () => {
  let definition: DefinitionJson;
  beforeAll(() => {
    const stack = newStack();
    const users: Users = {
      pass: (scope, id) => sfn.Pass.jsonPath(scope, id, { parameters: { 'Type.$': '$.Type' }, resultPath: '$.copied' }),
      task: (scope, id) =>
        new tasks.LambdaInvoke(scope, id, { lambdaFunction: newFunction(stack, `${id}F`), retryOnServiceExceptions: false }),
      map: (scope, id) => new sfn.Map(scope, id, { itemsPath: '$.orders' }),
    };
    definition = definitionOf(stack, everything(stack, users));
  });

  test('everything together is valid', async () => {
    expect(await aslErrors(definition)).toBe('');
  });

  test('our states say that they are JSONata, and the user’s say nothing', () => {
    for (const [name, state] of Object.entries(definition.States)) {
      expect([name, state.QueryLanguage]).toEqual([name, isOurs(name) ? 'JSONata' : undefined]);
    }
  });

  test('the user’s states are as they were, before, as a route and as a branch', () => {
    const pass = { Type: 'Pass', Parameters: { 'Type.$': '$.Type' }, ResultPath: '$.copied' };
    expect(definition.States.Before).toEqual({ ...pass, Next: 'Own' });
    expect(definition.States.Copy).toEqual({ ...pass, Next: 'Single' });
    expect(definition.States['Give back']).toEqual({ ...pass, Next: 'ByType' });
  });

  test('what is chained follows each end', () => {
    expect(definition.States.Own.Next).toBe('Order: ProcessTransaction');
    for (const end of ['Order: ProcessPurchase', 'Order: ProcessRefund']) {
      expect(definition.States[end].Next).toBe('Again: ProcessTransaction');
    }
    expect(definition.States['Again: ProcessTransaction'].Choices).toMatchObject([
      { Next: 'Again: ProcessPurchase' },
      { Next: 'Give back' },
    ]);
    expect(definition.States.Each.Next).toBe('After');
  });

  test('policies add the same retriers to states of either language, and catchers in the language of the state', () => {
    const { Own, 'Order: ProcessPurchase': ours } = definition.States;
    expect(Own.Retry).toEqual(ours.Retry);
    expect(Own.Retry).toHaveLength(2);
    expect(Own.Catch).toEqual([
      { ErrorEquals: ['E'], Next: 'Fallback' },
      { ErrorEquals: ['States.ALL'], Next: 'Fallback', ResultPath: '$.error' },
    ]);
    expect(ours.Catch).toEqual([
      { ErrorEquals: ['E'], Next: 'Fallback' },
      { ErrorEquals: ['States.ALL'], Next: 'Fallback', Output: expect.stringMatching(/^\{%.*%\}$/) },
    ]);
  });

  test('ours run in a Parallel and in a Map of the user’s', () => {
    expect(definition.States.Single.Branches[0].States['Single: Single'].QueryLanguage).toBe('JSONata');
    expect(definition.States.Each.ItemProcessor.States['Inner: ProcessPurchase'].QueryLanguage).toBe('JSONata');
  });
});

describe('in a JSONata machine', () => {
  let definition: DefinitionJson;
  beforeAll(() => {
    const stack = newStack();
    const users: Users = {
      pass: (scope, id) => sfn.Pass.jsonata(scope, id, { outputs: '{% $states.input %}' }),
      task: (scope, id) =>
        tasks.LambdaInvoke.jsonata(scope, id, { lambdaFunction: newFunction(stack, `${id}F`), retryOnServiceExceptions: false }),
      map: (scope, id) => sfn.Map.jsonata(scope, id, { items: sfn.ProvideItems.jsonata('{% $states.input.orders %}') }),
    };
    definition = definitionOf(stack, everything(stack, users), sfn.QueryLanguage.JSONATA);
  });

  test('everything together is valid', async () => {
    expect(await aslErrors(definition)).toBe('');
  });

  test('no state says its language, whoever made it', () => {
    const names = Object.keys(definition.States);
    expect(names.filter(isOurs)).toHaveLength(8);
    expect(names.filter((name) => definition.States[name].QueryLanguage !== undefined)).toEqual([]);
    expect(definition.States['Order: ProcessPurchase'].Arguments.Payload).toBe('{% $states.input %}');
  });
});
