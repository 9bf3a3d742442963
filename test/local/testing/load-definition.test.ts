import { App, Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { loadDefinition, loadStack } from '../../../local/testing';

const GREETING = {
  StartAt: 'Pause',
  States: {
    Pause: { Type: 'Wait', Seconds: 3600, Next: 'Greet' },
    Greet: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'greet' }, End: true },
  },
};

test('a definition is loaded as the only machine of an app', async () => {
  const machine = loadDefinition(GREETING).machine();
  machine.task('Greet').returns('hello');
  const execution = await machine.run();
  expect(execution.path).toEqual(['Pause', 'Greet']);
  expect(execution.output).toMatchObject({ Payload: 'hello' });
  expect(execution.stoppedAt - execution.startedAt).toBe(3_600_000);
});

test('a definition may be a JSON text', async () => {
  const machine = loadDefinition(JSON.stringify(GREETING)).machine();
  machine.task('Greet').fails('Mute');
  expect((await machine.run()).error).toBe('Mute');
});

test('a text with substitutions in it stays as it is', async () => {
  const machine = loadDefinition({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Result: `$${'{AWS::Region}'}`, End: true } },
  }).machine();
  expect((await machine.run()).output).toBe(`$${'{AWS::Region}'}`);
});

test('a definition is a Standard machine unless an Express one is asked for', () => {
  expect(loadDefinition(GREETING).machine().type).toBe('STANDARD');
  expect(loadDefinition(GREETING, { type: 'EXPRESS' }).machine().type).toBe('EXPRESS');
});

test('a definition that AWS would refuse is refused in its words once it is started', () => {
  expect(() =>
    loadDefinition({ StartAt: 'A', States: { A: { Type: 'Pass' } } })
      .machine()
      .start(),
  ).toThrow(/was refused\n {2}- Invalid State Machine Definition: /);
  expect(() => loadDefinition('{').machine().start()).toThrow('was refused');
});

describe('the only machine of an app', () => {
  const stackOf = (...ids: string[]) => {
    const stack = new Stack(new App(), 'Shop');
    for (const id of ids) {
      const start = new sfn.Succeed(stack, `Done ${id}`);
      new sfn.StateMachine(stack, id, { definitionBody: sfn.DefinitionBody.fromChainable(start) });
    }
    return stack;
  };

  test('needs no name', () => {
    expect(loadStack(stackOf('Orders')).machine().id).toBe('Orders');
  });

  test('is missing where there are several, which are named', () => {
    expect(() => loadStack(stackOf('Orders', 'Refunds')).machine()).toThrow(
      'the app has several state machines; name one\n  - Orders (Shop/Orders)\n  - Refunds (Shop/Refunds)',
    );
  });

  test('is missing where there is none', () => {
    expect(() => loadStack(stackOf()).machine()).toThrow('the app has no state machine');
  });
});
