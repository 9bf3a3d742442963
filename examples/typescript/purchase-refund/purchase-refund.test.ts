import { App } from 'aws-cdk-lib';
import { type LocalApp, type LocalMachine, loadStack, TaskError } from 'cdk-workflow-patterns/local';
import { PurchaseRefundStack } from './purchase-refund-stack';

const ROUTE = 'PurchaseRefund: ProcessTransaction';
const PURCHASE = 'PurchaseRefund: ProcessPurchase';
const REFUND = 'PurchaseRefund: ProcessRefund';

let app: LocalApp;
let orders: LocalMachine;

beforeAll(() => {
  app = loadStack(new PurchaseRefundStack(new App(), 'PurchaseRefund'));
  orders = app.machine('Orders');
});
afterEach(() => {
  orders.task(PURCHASE).restore();
  orders.task(REFUND).restore();
});
afterAll(() => app.close());

test('a purchase runs the function itself, and its payload is the output', async () => {
  const execution = await orders.run({ TransactionType: 'PURCHASE' });
  expect(execution.path).toEqual([ROUTE, PURCHASE]);
  expect(execution.output).toEqual({
    TransactionType: 'PURCHASE',
    Timestamp: expect.any(String),
    Message: 'Hello from lambda land inside the ProcessPurchase function',
  });
});

test('a refund goes to the other function', async () => {
  orders.task(REFUND).returns({ Message: 'refunded' });
  const execution = await orders.run({ TransactionType: 'REFUND', Amount: 12 });
  expect(execution.path).toEqual([ROUTE, REFUND]);
  expect(execution.output).toEqual({ Message: 'refunded' });
});

test('a function that was replaced runs again once it is restored', async () => {
  orders.task(REFUND).returns({ Message: 'refunded' }).restore();
  const execution = await orders.run({ TransactionType: 'REFUND' });
  expect(execution.output).toMatchObject({ Message: 'Hello from Refund Processor!' });
});

test('an unknown transaction type fails by name and says which are known', async () => {
  const execution = await orders.run({ TransactionType: 'EXCHANGE' });
  expect(execution).toMatchObject({
    status: 'FAILED',
    error: 'UnknownChoice',
    cause: 'received string EXCHANGE; the routes are "PURCHASE", "REFUND"',
  });
});

test('a busy provider is tried again after a second, which takes no time here', async () => {
  orders.task(PURCHASE).answers((_input, { retryCount }) => {
    if (retryCount === 0) throw new TaskError('PaymentProviderBusy');
    return { Message: 'purchased' };
  });
  const execution = await orders.run({ TransactionType: 'PURCHASE' });
  expect(execution.output).toEqual({ Message: 'purchased' });
  expect(execution.visits[1]?.failures).toEqual([{ error: 'PaymentProviderBusy', at: execution.startedAt, retriedAfter: 1000 }]);
  expect(execution.stoppedAt - execution.startedAt).toBe(1000);
});

test('all attempts of a purchase carry the same idempotency key, and the next purchase another', async () => {
  const purchase = orders.task(PURCHASE).fails('PaymentProviderBusy');
  const before = purchase.requests.length;
  await orders.run({ TransactionType: 'PURCHASE' });
  await orders.run({ TransactionType: 'PURCHASE' });
  const contexts = purchase.requests
    .slice(before)
    .map(({ parameters }) => (parameters as { ClientContext: string }).ClientContext);
  expect(contexts).toHaveLength(6);
  expect(new Set(contexts.slice(0, 3)).size).toBe(1);
  expect(new Set(contexts).size).toBe(2);
});

test('a declined card ends in the fallback', async () => {
  orders.task(PURCHASE).fails('CardDeclined', 'the bank declined the card');
  const execution = await orders.run({ TransactionType: 'PURCHASE' });
  expect(execution.path).toEqual([ROUTE, PURCHASE, 'CardDeclined']);
  expect(execution.status).toBe('SUCCEEDED');
});
