import type { Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Branch, ChoiceRouter, PurchaseRefund } from 'cdk-workflow-patterns';
import { aslErrors, definitionOf, newFunction, newStack } from '../support/definitions';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

function purchaseRefund(): PurchaseRefund {
  return new PurchaseRefund(stack, 'Order', {
    purchase: Branch.invoke(newFunction(stack, 'Purchase')),
    refund: Branch.invoke(newFunction(stack, 'Refund')),
  });
}

function jsonPathPass(id: string): sfn.Pass {
  return sfn.Pass.jsonPath(stack, id, { parameters: { 'TransactionType.$': '$.TransactionType' }, resultPath: '$.copied' });
}

describe('in a JSONPath machine', () => {
  test('our states say that they are JSONata, and the user’s say nothing', async () => {
    const definition = definitionOf(stack, jsonPathPass('Before').next(purchaseRefund()).next(jsonPathPass('After')));
    expect(await aslErrors(definition)).toBe('');
    for (const [name, state] of Object.entries(definition.States)) {
      expect([name, state.QueryLanguage]).toEqual([name, name.startsWith('Order: ') ? 'JSONata' : undefined]);
    }
    expect(definition.States.Before).toEqual({
      Type: 'Pass',
      Parameters: { 'TransactionType.$': '$.TransactionType' },
      ResultPath: '$.copied',
      Next: 'Order: ProcessTransaction',
    });
    expect(definition.States['Order: ProcessPurchase'].Next).toBe('After');
    expect(definition.States['Order: ProcessRefund'].Next).toBe('After');
  });

  test('a JSONPath state is a route', async () => {
    const router = new ChoiceRouter(stack, 'ByType', {
      on: '{% $states.input.TransactionType %}',
      routes: { COPY: jsonPathPass('Copy') },
      otherwise: jsonPathPass('Other'),
    });
    const definition = definitionOf(stack, router);
    expect(await aslErrors(definition)).toBe('');
    expect(definition.States.Copy).toEqual({
      Type: 'Pass',
      Parameters: { 'TransactionType.$': '$.TransactionType' },
      ResultPath: '$.copied',
      End: true,
    });
  });

  test('a JSONPath state is a branch', async () => {
    const definition = definitionOf(
      stack,
      new PurchaseRefund(stack, 'Order', {
        purchase: Branch.chain(jsonPathPass('Buy')),
        refund: Branch.chain(jsonPathPass('Return')),
      }),
    );
    expect(await aslErrors(definition)).toBe('');
    expect(definition.States['Order: ProcessTransaction'].Choices).toMatchObject([{ Next: 'Buy' }, { Next: 'Return' }]);
  });

  test('ours run in a Parallel and in a Map of the user’s', async () => {
    const inner = purchaseRefund();
    const map = new sfn.Map(stack, 'Each', { itemsPath: '$.orders' }).itemProcessor(inner);
    const definition = definitionOf(stack, map);
    expect(await aslErrors(definition)).toBe('');
    expect(definition.States.Each.ItemProcessor.States['Order: ProcessPurchase'].QueryLanguage).toBe('JSONata');
  });
});

describe('in a JSONata machine', () => {
  test('no state says its language, whoever made it', async () => {
    const before = sfn.Pass.jsonata(stack, 'Before', { outputs: '{% $states.input %}' });
    const unset = new sfn.Pass(stack, 'After');
    const definition = definitionOf(stack, before.next(purchaseRefund()).next(unset), sfn.QueryLanguage.JSONATA);
    expect(await aslErrors(definition)).toBe('');
    expect(Object.values(definition.States).map((state) => state.QueryLanguage)).toEqual(Array(6).fill(undefined));
    expect(definition.States['Order: ProcessPurchase'].Arguments.Payload).toBe('{% $states.input %}');
  });

  test('ours run in a Map of the user’s', async () => {
    const map = sfn.Map.jsonata(stack, 'Each', { items: sfn.ProvideItems.jsonata('{% $states.input.orders %}') });
    const definition = definitionOf(stack, map.itemProcessor(purchaseRefund()), sfn.QueryLanguage.JSONATA);
    expect(await aslErrors(definition)).toBe('');
  });
});
