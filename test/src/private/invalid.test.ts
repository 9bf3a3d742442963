import { Stack, Token } from 'aws-cdk-lib';
import { invalid } from '../../../src/private/invalid';

test('names the prop, the value as JSON and the fix', () => {
  expect(invalid('errors', ['a', 1], 'remove one').message).toBe('errors received ["a",1]; remove one');
});

test('begins with the path of the construct, if there is one', () => {
  expect(invalid('on', '', 'write one', new Stack(undefined, 'Shop')).message).toBe('Shop: on received ""; write one');
});

test('shows a value of 200 characters whole and cuts a longer one', () => {
  const text = (length: number) => 'x'.repeat(length - 2); // two are the quotes
  expect(invalid('on', text(200), 'fix').message).toBe(`on received "${text(200)}"; fix`);
  expect(invalid('on', text(201), 'fix').message).toBe(`on received "${text(201)}...; fix`);
});

test('shows what JSON does not know, and tokens without their inside', () => {
  expect(invalid('on', undefined, 'fix').message).toBe('on received undefined; fix');
  expect(invalid('on', Number.NaN, 'fix').message).toBe('on received NaN; fix');
  expect(invalid('on', Token.asString({ Ref: 'P' }), 'fix').message).toBe('on received a token; fix');
});
