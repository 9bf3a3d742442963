import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Branch, CatchPolicy, PurchaseRefund, type PurchaseRefundProps, RetryPolicy } from 'cdk-workflow-patterns';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  choose,
  type DefinitionJson,
  definitionOf,
  evaluate,
  newFunction,
  newStack,
  type StateJson,
} from '../support/definitions';

let plain: DefinitionJson;
beforeAll(() => {
  stack = newStack();
  plain = definitionOf(stack, purchaseRefund());
});

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

function purchaseRefund(props: Partial<PurchaseRefundProps> = {}): PurchaseRefund {
  return new PurchaseRefund(stack, 'Order', {
    purchase: Branch.invoke(newFunction(stack, 'Purchase')),
    refund: Branch.invoke(newFunction(stack, 'Refund')),
    ...props,
  });
}

const PURCHASE = 'Order: ProcessPurchase';
const REFUND = 'Order: ProcessRefund';

describe('states', () => {
  test('a router, a task per function and a Fail, all prefixed with the id', () => {
    const definition = definitionOf(stack, purchaseRefund());
    expect(definition.StartAt).toBe('Order: ProcessTransaction');
    expect(Object.keys(definition.States).sort()).toEqual([
      PURCHASE,
      REFUND,
      'Order: ProcessTransaction',
      'Order: ProcessTransaction: UnknownChoice',
    ]);
  });

  test.each([
    [{ TransactionType: 'PURCHASE' }, PURCHASE],
    [{ TransactionType: 'REFUND' }, REFUND],
    [{ TransactionType: 'refund' }, 'Order: ProcessTransaction: UnknownChoice'],
    [{}, 'Order: ProcessTransaction: UnknownChoice'],
    [null, 'Order: ProcessTransaction: UnknownChoice'],
  ])('the input %j goes to %s', async (input, expected) => {
    const { StartAt, States } = plain;
    expect(await choose(States[StartAt], input)).toBe(expected);
  });

  test('on looks elsewhere', async () => {
    const { StartAt, States } = definitionOf(stack, purchaseRefund({ on: '{% $states.input.order.kind %}' }));
    expect(await choose(States[StartAt], { order: { kind: 'REFUND' } })).toBe(REFUND);
  });

  test('otherwise takes the place of the Fail', () => {
    const { StartAt, States } = definitionOf(stack, purchaseRefund({ otherwise: new sfn.Succeed(stack, 'Ignore') }));
    expect(States[StartAt].Default).toBe('Ignore');
    expect(Object.keys(States)).toHaveLength(4);
  });

  test('toSingleState leaves the names as they are', () => {
    const { States } = definitionOf(stack, purchaseRefund().toSingleState());
    expect(Object.keys(States.Order.Branches[0].States)).toContain(PURCHASE);
  });

  describe('a name over 80 characters is refused, once', () => {
    const LONG = 'x'.repeat(81);

    function refused(fragment: PurchaseRefund): string[] {
      try {
        definitionOf(stack, fragment);
      } catch (error) {
        return [...(error as Error).message.matchAll(/state name received "(.*)"/g)].map(([, name]) => name);
      }
      return [];
    }

    test('of a state made here', () => {
      const id = 'x'.repeat(64);
      const fragment = new PurchaseRefund(stack, id, {
        purchase: Branch.invoke(newFunction(stack, 'Purchase')),
        refund: Branch.chain(new sfn.Succeed(stack, 'Refunded')),
        otherwise: new sfn.Fail(stack, 'Unknown'),
      });
      expect(refused(fragment)).toEqual([`${id}: ProcessPurchase`, `${id}: ProcessTransaction`]);
    });

    test('of a state passed in, wherever it is in its branch', () => {
      const chain = new sfn.Pass(stack, 'First').next(new sfn.Pass(stack, LONG));
      expect(refused(purchaseRefund({ refund: Branch.chain(chain) }))).toEqual([LONG]);
    });

    test('of a state in a fragment that is a branch', () => {
      const inner = new PurchaseRefund(stack, 'Inner', {
        purchase: Branch.chain(new sfn.Succeed(stack, LONG)),
        refund: Branch.chain(new sfn.Succeed(stack, 'B')),
      });
      expect(refused(purchaseRefund({ refund: Branch.chain(inner) }))).toEqual([LONG]);
    });

    test('of a state that a branch of one’s own makes in a construct of its own', () => {
      class Nested extends Branch {
        public bind(scope: Construct, id: string) {
          return { chain: new sfn.Pass(new Construct(scope, id), 'x'.repeat(75)) };
        }
      }
      expect(refused(purchaseRefund({ refund: new Nested() }))).toEqual([`Order: ${'x'.repeat(75)}`]);
    });

    test('but not of a state behind the fragment', () => {
      expect(refused(purchaseRefund())).toEqual([]);
      stack = newStack();
      const fragment = purchaseRefund();
      fragment.next(new sfn.Pass(stack, LONG));
      expect(refused(fragment)).toEqual([]);
    });
  });
});

describe('a function', () => {
  test('gets the input as it is, and its own payload is the output', async () => {
    const { States } = definitionOf(stack, purchaseRefund());
    const task = States[PURCHASE];
    expect(task.Resource).toBe('arn:aws:states:::lambda:invoke');
    expect(task.Arguments.FunctionName).toBe('arn:aws:lambda:us-east-1:111122223333:function:Purchase');
    const input = { TransactionType: 'PURCHASE' };
    expect(await evaluate(task.Arguments.Payload, { input })).toEqual(input);
    const Payload = { TransactionType: 'PURCHASE', Timestamp: '2026-01-01 00-00-00', Message: 'Hello' };
    expect(await evaluate(task.Output, { result: { ExecutedVersion: '$LATEST', Payload, StatusCode: 200 } })).toEqual(Payload);
  });

  test.each([[null], [''], [0], [[]], [[1]], [{}]])('may return %j', async (Payload) => {
    const { States } = plain;
    expect(await evaluate(States[PURCHASE].Output, { result: { Payload } })).toEqual(Payload);
  });

  test('gets another payload, and a timeout', () => {
    const payload = sfn.TaskInput.fromObject({ order: '{% $states.input.order %}' });
    const purchase = Branch.invoke(newFunction(stack, 'Charge'), { payload, timeout: Duration.minutes(1) });
    const { States } = definitionOf(stack, purchaseRefund({ purchase }));
    expect(States[PURCHASE].Arguments.Payload).toEqual({ order: '{% $states.input.order %}' });
    expect(States[PURCHASE].TimeoutSeconds).toBe(60);
    expect(States[REFUND].TimeoutSeconds).toBeUndefined();
  });

  test.each([
    ['$.order', '$states.input.order', sfn.TaskInput.fromJsonPathAt('$.order')],
    ['$.a', '$states.input.a', sfn.TaskInput.fromObject({ a: sfn.JsonPath.numberAt('$.a') })],
    ['$.b[0]', '$states.input.b[0]', sfn.TaskInput.fromObject({ all: [{ b: sfn.JsonPath.stringAt('$.b[0]') }] })],
    ['$', '$states.input', sfn.TaskInput.fromText(sfn.JsonPath.entirePayload)],
    ['$$.Execution.Id', '$states.context.Execution.Id', sfn.TaskInput.fromObject({ id: sfn.JsonPath.executionId })],
  ])('refuses the JSONPath %s as payload, as it would get the path itself', (path, expression, payload) => {
    expect(() => Branch.invoke(newFunction(stack, 'Charge'), { payload })).toThrow(
      `payload received "${path}"; the task is written in JSONata: write {% ${expression} %}`,
    );
  });

  test('takes tokens of the stack as payload', () => {
    const payload = sfn.TaskInput.fromObject({ stack: stack.stackName, table: new CfnParameter(stack, 'Table').valueAsString });
    expect(() => Branch.invoke(newFunction(stack, 'Charge'), { payload })).not.toThrow();
  });

  test('may serve both branches', () => {
    const both = Branch.invoke(newFunction(stack, 'Both'));
    const { States } = definitionOf(stack, purchaseRefund({ purchase: both, refund: both }));
    expect(States[PURCHASE].Arguments.FunctionName).toBe(States[REFUND].Arguments.FunctionName);
  });
});

describe('a branch of one’s own', () => {
  test('keeps its name and what it does on errors', () => {
    const task = new sfn.CustomState(stack, 'Pay back', {
      stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish' },
    });
    const fragment = purchaseRefund({
      refund: Branch.chain(task),
      catches: [CatchPolicy.of({ fallback: new sfn.Pass(stack, 'F') })],
    });
    const { States } = definitionOf(stack, fragment);
    expect(States['Pay back']).toEqual({ End: true, Type: 'Task', Resource: 'arn:aws:states:::sns:publish' });
    expect(States[PURCHASE].Catch).toHaveLength(1);
  });

  test('may be a fragment', () => {
    const inner = new PurchaseRefund(stack, 'Inner', {
      purchase: Branch.chain(new sfn.Succeed(stack, 'A')),
      refund: Branch.chain(new sfn.Succeed(stack, 'B')),
    });
    const { States } = definitionOf(stack, purchaseRefund({ refund: Branch.chain(inner) }));
    expect(States['Order: ProcessTransaction'].Choices[1].Next).toBe('Inner: ProcessTransaction');
  });

  test('may be of any class that extends Branch', () => {
    class Later extends Branch {
      public bind(scope: sfn.StateMachineFragment, id: string) {
        return { chain: new sfn.Wait(scope, id, { time: sfn.WaitTime.duration(Duration.days(1)) }) };
      }
    }
    const { States } = definitionOf(stack, purchaseRefund({ refund: new Later() }));
    expect(States[REFUND].Seconds).toBe(86_400);
  });
});

describe('error handling', () => {
  test('by default retries throttling alone', () => {
    const { States } = definitionOf(stack, purchaseRefund());
    for (const name of [PURCHASE, REFUND]) {
      expect(States[name].Retry).toHaveLength(1);
      expect(States[name].Retry[0].ErrorEquals).toContain('Lambda.TooManyRequestsException');
      for (const mayHaveRun of [
        'Lambda.ServiceException',
        'Lambda.SdkClientException',
        'Lambda.Unknown',
        'States.ALL',
        'States.Timeout',
      ]) {
        expect(States[name].Retry[0].ErrorEquals).not.toContain(mayHaveRun);
      }
      expect(States[name].Catch).toBeUndefined();
    }
  });

  test('retries and catches replace that, in their order', () => {
    const fallback = new sfn.Pass(stack, 'Fallback');
    const { States } = definitionOf(
      stack,
      purchaseRefund({
        retries: [RetryPolicy.of({ errors: ['A'] }), RetryPolicy.of({ errors: ['States.ALL'] })],
        catches: [CatchPolicy.of({ errors: ['B'], fallback }), CatchPolicy.of({ fallback })],
      }),
    );
    for (const name of [PURCHASE, REFUND]) {
      expect(States[name].Retry).toEqual([{ ErrorEquals: ['A'] }, { ErrorEquals: ['States.ALL'] }]);
      expect(States[name].Catch).toMatchObject([
        { ErrorEquals: ['B'], Next: 'Fallback' },
        { ErrorEquals: ['States.ALL'], Next: 'Fallback' },
      ]);
    }
  });

  test('an empty list retries nothing', () => {
    const { States } = definitionOf(stack, purchaseRefund({ retries: [] }));
    expect(States[PURCHASE].Retry).toBeUndefined();
  });

  test.each([
    ['retries', { retries: [RetryPolicy.throttling()] }],
    ['catches', { catches: [CatchPolicy.of({ fallback: new sfn.Pass(newStack(), 'F') })] }],
  ])('%s without a function are refused', (prop, props) => {
    const branches = {
      purchase: Branch.chain(new sfn.Succeed(stack, 'A')),
      refund: Branch.chain(new sfn.Succeed(stack, 'B')),
    };
    expect(() => purchaseRefund({ ...branches, ...props })).toThrow(
      `Shop/Order: ${prop} received "1 policies"; no branch invokes a function: apply them to your own states`,
    );
  });
});

describe('the idempotency key', () => {
  const EXECUTION = 'arn:aws:states:us-east-1:111122223333:execution:Orders:o-1';

  let own: DefinitionJson;
  beforeAll(() => {
    stack = newStack();
    own = definitionOf(stack, purchaseRefund({ idempotencyKey: '{% $states.input.order %}' }));
  });

  function contextOf(state: string, more: StateJson = {}): StateJson {
    return { Execution: { Id: EXECUTION, RedriveCount: 0 }, State: { Name: state, RetryCount: 0, EnteredTime: 't0' }, ...more };
  }

  async function clientContext(
    definition: DefinitionJson,
    state: string,
    context: StateJson,
    input: unknown = {},
  ): Promise<string> {
    return evaluate(definition.States[state].Arguments.ClientContext, { context, input });
  }

  function keyIn(clientContext: string): unknown {
    return JSON.parse(Buffer.from(clientContext, 'base64').toString('latin1')).custom.idempotencyKey;
  }

  const ORDER = { TransactionType: 'PURCHASE', order: 'o-1' };
  // sha256sum of the JSON text
  const DIGEST = 'e799d269d1eaa33387fee9b7793fe81e438189f6f133a8399fef36e9f2d058dd';

  async function defaultKey(state: string, more: StateJson = {}, input: unknown = ORDER): Promise<unknown> {
    return keyIn(await clientContext(plain, state, contextOf(state, more), input));
  }

  test('is the execution, the state and the digest of its input', async () => {
    expect(await defaultKey(PURCHASE)).toBe(`${EXECUTION}#Order%3A%20ProcessPurchase#${DIGEST}`);
    expect(await defaultKey(REFUND)).toBe(`${EXECUTION}#Order%3A%20ProcessRefund#${DIGEST}`);
  });

  test('is the same on every retry and after a redrive', async () => {
    const later = {
      Execution: { Id: EXECUTION, RedriveCount: 2, RedriveTime: 't9' },
      State: { Name: PURCHASE, RetryCount: 5, EnteredTime: 't9' },
    };
    expect(await defaultKey(PURCHASE, later, { ...ORDER })).toBe(await defaultKey(PURCHASE));
  });

  test('differs between the items of a Map, even equal ones', async () => {
    const keys = [0, 1, 10].map((Index) => defaultKey(PURCHASE, { Map: { Item: { Index, Value: ORDER } } }));
    expect(await Promise.all(keys)).toEqual([0, 1, 10].map((i) => `${EXECUTION}#Order%3A%20ProcessPurchase#${i}#${DIGEST}`));
  });

  test('differs between the items of a Map inside a Map by what they hold, as their index is that of the inner Map', async () => {
    const inMap = { Map: { Item: { Index: 0 } } };
    const first = await defaultKey(PURCHASE, inMap, { ...ORDER, order: 'o-1' });
    expect(await defaultKey(PURCHASE, inMap, { ...ORDER, order: 'o-2' })).not.toBe(first);
    expect(await defaultKey(PURCHASE, inMap, { ...ORDER, order: 'o-1' })).toBe(first);
  });

  test('differs between the rounds of a loop with their input, and is the same for the same input', async () => {
    const enteredAgain = { State: { Name: PURCHASE, RetryCount: 0, EnteredTime: 't1' } };
    const first = await defaultKey(PURCHASE);
    expect(await defaultKey(PURCHASE, enteredAgain)).toBe(first);
    expect(await defaultKey(PURCHASE, enteredAgain, { ...ORDER, round: 2 })).not.toBe(first);
  });

  test.each([[null], [''], [0], [[]], ['é 日本😀']])('takes the input %j', async (input) => {
    expect(await defaultKey(PURCHASE, {}, input)).toMatch(/#[0-9a-f]{64}$/);
  });

  test.each([
    ['o-1', 'o-1'],
    [17, '17'],
    ['a "b" \\ c#d/e+f=g', 'a "b" \\ c#d/e+f=g'],
    ['é 日本😀', '%C3%A9 %E6%97%A5%E6%9C%AC%F0%9F%98%80'],
    ['line\nbreak', 'line%0Abreak'],
  ])('of one’s own is taken: %j arrives as %j', async (order, expected) => {
    expect(keyIn(await clientContext(own, PURCHASE, contextOf(PURCHASE), { order }))).toBe(expected);
  });

  test.each([[{}], [{ order: null }], [{ order: '' }], [{ order: ['a'] }], [{ order: { a: 1 } }], [{ order: true }], [null]])(
    'of one’s own fails the state for the input %j, rather than run the function without',
    async (input) => {
      await expect(clientContext(own, PURCHASE, contextOf(PURCHASE), input)).rejects.toMatchObject({
        code: 'D3137',
        message: 'idempotencyKey yields neither text nor a number',
      });
    },
  );

  test('is always ASCII, and different for different texts', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('%'));
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const [first, second] = await Promise.all(
          [a, b].map((order) => clientContext(own, PURCHASE, contextOf(PURCHASE), { order })),
        );
        expect(keyIn(first)).toMatch(/^[ -~]+$/);
        expect(first === second).toBe(a === b);
      }),
    );
  });

  test('fits Lambda’s limit of 3,583 bytes at the longest names AWS allows, and at the documented 2,600 characters', async () => {
    const name = '😀'.repeat(80);
    const Id = `arn:aws-us-gov:states:us-gov-west-1:111122223333:express:${'m'.repeat(80)}:${'e'.repeat(80)}:${'u'.repeat(36)}`;
    const context = { Execution: { Id }, State: { Name: name }, Map: { Item: { Index: 99_999_999 } } };
    expect((await clientContext(plain, PURCHASE, context)).length).toBeLessThanOrEqual(3583);
    expect((await clientContext(own, PURCHASE, context, { order: 'x'.repeat(2600) })).length).toBeLessThanOrEqual(3583);
  });

  test('must be an expression', () => {
    expect(() => purchaseRefund({ idempotencyKey: 'o-1' })).toThrow(
      'Shop/Order: idempotencyKey received "o-1"; write a JSONata expression',
    );
    const token = new CfnParameter(stack, 'P').valueAsString;
    expect(() => new PurchaseRefund(stack, 'Second', { ...branches(), idempotencyKey: token })).toThrow(
      'idempotencyKey received a token',
    );
  });

  function branches() {
    return { purchase: Branch.invoke(newFunction(stack, 'P1')), refund: Branch.chain(new sfn.Succeed(stack, 'R1')) };
  }
});
