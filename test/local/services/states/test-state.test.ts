import { asyncRefusal, statesService } from './fixture';

const TASK = JSON.stringify({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', OutputPath: '$.a', End: true });

test('a state is run by itself', async () => {
  const { service } = statesService();
  const definition = JSON.stringify({ Type: 'Pass', Result: { b: 2 }, ResultPath: '$.c', Next: 'More' });
  expect(await service.call('TestState', { definition, input: '{"a":1}' })).toEqual({
    status: 'SUCCEEDED',
    output: '{"a":1,"c":{"b":2}}',
    nextState: 'More',
  });
});

test('a task is taken to have ended as its mock says', async () => {
  const { service } = statesService();
  const mock = { errorOutput: { error: 'Broken', cause: 'by design' } };
  expect(await service.call('TestState', { definition: TASK, mock })).toMatchObject({ status: 'FAILED', error: 'Broken' });
});

test('a task is run by the service where no mock is given', async () => {
  const { service } = statesService({ task: () => ({ output: { a: 'from the service' } }) });
  const roleArn = 'arn:aws:iam::123456789012:role/orders';
  expect(await service.call('TestState', { definition: TASK, roleArn, input: '{}', inspectionLevel: 'DEBUG' })).toMatchObject({
    status: 'SUCCEEDED',
    output: '"from the service"',
    inspectionData: { input: '{}', result: '{"a":"from the service"}' },
  });
});

test.each([
  ['input that is no JSON', { definition: TASK, input: '{' }, /^InvalidExecutionInput/],
  ['a definition that is none', { definition: '{"Type":"Pass"}' }, /^InvalidDefinition/],
  ['a role that is none', { definition: TASK, roleArn: 'me' }, /^InvalidArn: Invalid Role Arn: 'me'$/],
  ['what is nested beyond measure', { definition: TASK, input: '['.repeat(5000) + ']'.repeat(5000) }, /nesting depth/],
])('%s is refused', async (_what, input, expected) => {
  const { service } = statesService();
  expect(await asyncRefusal(() => service.call('TestState', input))).toMatch(expected);
});
