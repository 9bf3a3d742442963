import { LoadError } from '../../../local/app/load-error';
import { findMachine, machineId } from '../../../local/app/machine-name';

const machine = (path: string, logicalId: string) => ({
  id: machineId(path, logicalId),
  name: `${logicalId}-ABC`,
  arn: `arn:aws:states:us-east-1:123456789012:stateMachine:${logicalId}-ABC`,
  logicalId,
  path,
});
const orders = machine('Shop/Orders/StateMachine', 'OrdersStateMachine1');
const refunds = machine('Shop/Refunds/StateMachine', 'RefundsStateMachine2');
const staged = machine('Prod/Shop/Orders/StateMachine', 'OrdersStateMachine3');

describe('the id of a machine', () => {
  test.each([
    ['Shop/Orders/StateMachine', 'Orders'],
    ['Shop/Orders', 'Orders'],
    ['Prod/Shop/Orders/StateMachine', 'Orders'],
    ['Shop/StateMachine', 'StateMachine'],
    ['OrdersStateMachine1', 'OrdersStateMachine1'],
  ])('of the path %s is %s', (path, id) => {
    expect(machineId(path, 'Logical')).toBe(id);
  });
});

describe('finding a machine', () => {
  test.each([
    ['construct id', 'Orders'],
    ['construct path', 'Shop/Orders/StateMachine'],
    ['path of the workflow around it', 'Shop/Orders'],
    ['logical id', 'OrdersStateMachine1'],
    ['name', 'OrdersStateMachine1-ABC'],
    ['ARN', 'arn:aws:states:us-east-1:123456789012:stateMachine:OrdersStateMachine1-ABC'],
  ])('works by %s', (_way, name) => {
    expect(findMachine([orders, refunds], name)).toBe(orders);
  });

  test('refuses an unknown name and lists the right ones', () => {
    expect(() => findMachine([orders, refunds], 'Order')).toThrow(
      new LoadError("there is no state machine 'Order'; the app has", [
        'Orders (Shop/Orders/StateMachine)',
        'Refunds (Shop/Refunds/StateMachine)',
      ]),
    );
  });

  test('refuses an id that two stages have, and takes the path', () => {
    expect(() => findMachine([orders, staged], 'Orders')).toThrow(/could be any of these/);
    expect(findMachine([orders, staged], 'Prod/Shop/Orders')).toBe(staged);
    expect(findMachine([orders, staged], 'Shop/Orders')).toBe(orders);
  });

  test('says so where the app has no machine', () => {
    expect(() => findMachine([], 'Orders')).toThrow("there is no state machine 'Orders': the app has none");
  });
});
