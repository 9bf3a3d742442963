import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { CatchPolicy } from 'cdk-workflow-patterns';
import { definitionOf, evaluate, newFunction, newStack, type StateJson } from '../support/definitions';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

function jsonPathTask(id: string): tasks.LambdaInvoke {
  return new tasks.LambdaInvoke(stack, id, {
    lambdaFunction: newFunction(stack, `${id}Function`),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
  });
}

function jsonataTask(id: string): tasks.LambdaInvoke {
  return tasks.LambdaInvoke.jsonata(stack, id, { lambdaFunction: newFunction(stack, `${id}Function`) });
}

function catchersOf(state: sfn.State): StateJson[] {
  return JSON.parse(JSON.stringify((state.toStateJson() as StateJson).Catch ?? []));
}

describe('what is rendered', () => {
  test('the three catchers of the worked example', () => {
    const helloWorld = jsonPathTask('HelloWorld');
    const fallback = (id: string, result: string) => new sfn.Pass(stack, id, { result: sfn.Result.fromString(result) });
    CatchPolicy.of({
      errors: ['CustomError'],
      fallback: fallback('CustomErrorFallback', 'This is a fallback from a custom error'),
      keepInput: false,
    }).applyTo(helloWorld);
    CatchPolicy.of({
      errors: ['States.TaskFailed'],
      fallback: fallback('ReservedTypeFallback', 'This is a fallback from a reserved error code'),
      keepInput: false,
    }).applyTo(helloWorld);
    CatchPolicy.of({ fallback: fallback('CatchAllFallback', 'This is a fallback from any other error') }).applyTo(helloWorld);
    const definition = definitionOf(stack, helloWorld);
    expect(definition).toEqual({
      StartAt: 'HelloWorld',
      States: {
        HelloWorld: {
          Type: 'Task',
          Resource: 'arn:aws:lambda:us-east-1:111122223333:function:HelloWorldFunction',
          Catch: [
            { ErrorEquals: ['CustomError'], Next: 'CustomErrorFallback' },
            { ErrorEquals: ['States.TaskFailed'], Next: 'ReservedTypeFallback' },
            { ErrorEquals: ['States.ALL'], Next: 'CatchAllFallback', ResultPath: '$.error' },
          ],
          End: true,
        },
        CustomErrorFallback: { Type: 'Pass', Result: 'This is a fallback from a custom error', End: true },
        ReservedTypeFallback: { Type: 'Pass', Result: 'This is a fallback from a reserved error code', End: true },
        CatchAllFallback: { Type: 'Pass', Result: 'This is a fallback from any other error', End: true },
      },
    });
  });

  test('errorField names the field of a JSONPath state', () => {
    const a = jsonPathTask('A');
    CatchPolicy.of({ fallback: new sfn.Pass(stack, 'F'), errorField: 'failure' }).applyTo(a);
    expect(catchersOf(a)).toEqual([{ ErrorEquals: ['States.ALL'], Next: 'F', ResultPath: '$.failure' }]);
  });

  test('keepInput: false renders neither ResultPath nor Output in either language', () => {
    for (const a of [jsonPathTask('A'), jsonataTask('B')]) {
      CatchPolicy.of({ fallback: new sfn.Pass(stack, `${a.id}F`), keepInput: false }).applyTo(a);
      expect(catchersOf(a)).toEqual([{ ErrorEquals: ['States.ALL'], Next: `${a.id}F` }]);
    }
  });

  const errorOutput = { Error: 'E', Cause: 'why' };

  test.each([
    [{ a: 1 }, { a: 1, failure: errorOutput }],
    [{}, { failure: errorOutput }],
    [
      { failure: 'old', a: [1] },
      { failure: errorOutput, a: [1] },
    ],
    [[1], { input: [1], failure: errorOutput }],
    [[{ a: 1 }], { input: [{ a: 1 }], failure: errorOutput }],
    [[], { input: [], failure: errorOutput }],
    ['text', { input: 'text', failure: errorOutput }],
    [0, { input: 0, failure: errorOutput }],
    [false, { input: false, failure: errorOutput }],
    [null, { input: null, failure: errorOutput }],
  ])('the input %j becomes %j', async (input, expected) => {
    const a = jsonataTask('A');
    CatchPolicy.of({ fallback: sfn.Pass.jsonata(stack, 'F'), errorField: 'failure' }).applyTo(a);
    expect(await evaluate(catchersOf(a)[0].Output, { input, errorOutput })).toEqual(expected);
  });
});

describe('what it is applied to', () => {
  test('each state of a chain, but not the fallback it leads to', () => {
    const [a, b, notify] = [jsonPathTask('A'), jsonataTask('B'), jsonPathTask('Notify')];
    const chain = a.next(b).next(notify);
    CatchPolicy.of({ fallback: notify }).applyTo(chain);
    expect(catchersOf(a)).toMatchObject([{ Next: 'Notify', ResultPath: '$.error' }]);
    expect(catchersOf(b)).toMatchObject([{ Next: 'Notify', Output: expect.anything() }]);
    expect(catchersOf(notify)).toEqual([]);
  });

  test('a JSONPath custom state, and a JSONata one without the input', () => {
    const json = { Type: 'Task', Resource: 'arn:aws:states:::sns:publish' };
    const jsonPath = new sfn.CustomState(stack, 'A', { stateJson: json });
    const jsonata = new sfn.CustomState(stack, 'B', { stateJson: { ...json, QueryLanguage: 'JSONata' } });
    const fallback = new sfn.Pass(stack, 'F');
    CatchPolicy.of({ fallback }).applyTo(jsonPath);
    expect(catchersOf(jsonPath)).toEqual([{ ErrorEquals: ['States.ALL'], Next: 'F', ResultPath: '$.error' }]);
    expect(() => CatchPolicy.of({ fallback }).applyTo(jsonata)).toThrow(
      'Shop/B: keepInput received true; CDK renders no Output for a catcher of a JSONata custom state',
    );
    CatchPolicy.of({ fallback, keepInput: false }).applyTo(jsonata);
    expect(catchersOf(jsonata)).toEqual([{ ErrorEquals: ['States.ALL'], Next: 'F' }]);
  });

  test('refuses a target that cannot catch', () => {
    const pass = new sfn.Pass(stack, 'Pass');
    expect(() => CatchPolicy.of({ fallback: pass }).applyTo(pass)).toThrow(
      'target received "Pass"; apply a catch policy to a Task,',
    );
  });
});

describe('a state that leaves its language to the machine', () => {
  const { JSONATA, JSON_PATH } = sfn.QueryLanguage;
  const REFUSED =
    "keepInput received true; the machine is written in JSONata, but state 'A' names no language and counts as JSONPath: " +
    'make it with .jsonata(), give it queryLanguage, or QueryLanguage in its stateJson';

  function caught(state: sfn.TaskStateBase | sfn.CustomState, keepInput?: boolean): sfn.IChainable {
    CatchPolicy.of({ fallback: sfn.Pass.jsonata(stack, 'F'), keepInput }).applyTo(state);
    return sfn.Chain.start(state);
  }

  test('is refused in a JSONata machine', () => {
    expect(() => definitionOf(stack, caught(jsonPathTask('A')), JSONATA)).toThrow(`Shop/Machine: ${REFUSED}`);
  });

  test('is refused in a Parallel of a JSONata machine', () => {
    const parallel = sfn.Parallel.jsonata(stack, 'Parallel').branch(caught(jsonPathTask('A')));
    expect(() => definitionOf(stack, parallel, JSONATA)).toThrow(REFUSED);
  });

  test('is refused in a JSONata machine as a custom state', () => {
    const stateJson = { Type: 'Task', Resource: 'arn:aws:states:::sns:publish' };
    const chain = caught(new sfn.CustomState(stack, 'A', { stateJson }));
    expect(() => definitionOf(stack, chain, JSONATA)).toThrow(REFUSED);
  });

  test('is refused by the name that a prefix gave it later', () => {
    const a = jsonPathTask('A');
    const chain = caught(a);
    a.addPrefix('Order: ');
    expect(() => definitionOf(stack, chain, JSONATA)).toThrow("state 'Order: A' names no language");
  });

  test('is refused beside numbers that are known at deployment, and definitions written by hand', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution of CloudFormation's
    const definitionBody = sfn.DefinitionBody.fromString('{ "TimeoutSeconds": ${seconds} }');
    new sfn.StateMachine(stack, 'Written', { definitionBody, definitionSubstitutions: { seconds: '9' } });
    const wait = sfn.Wait.jsonata(stack, 'Wait', {
      time: sfn.WaitTime.duration(Duration.seconds(new CfnParameter(stack, 'P', { type: 'Number' }).valueAsNumber)),
    });
    expect(() => definitionOf(stack, wait.next(caught(jsonPathTask('A'))), JSONATA)).toThrow(REFUSED);
  });

  test('is taken in a JSONata machine where the error alone is handed over', () => {
    expect(() => definitionOf(stack, caught(jsonPathTask('A'), false), JSONATA)).not.toThrow();
  });

  test('is taken in a JSONata machine where it is JSONata itself', () => {
    expect(() => definitionOf(stack, caught(jsonataTask('A')), JSONATA)).not.toThrow();
  });

  test.each([undefined, JSON_PATH])('is taken in a machine of the language %s, beside a JSONata machine', (language) => {
    const other = sfn.DefinitionBody.fromChainable(sfn.Pass.jsonata(stack, 'Other'));
    const chain = caught(jsonPathTask('A'));
    new sfn.StateMachine(stack, 'Beside', { definitionBody: other, queryLanguage: JSONATA });
    expect(() => definitionOf(stack, chain, language)).not.toThrow();
  });
});

describe('refuses', () => {
  test('States.ALL beside other names, or before them', () => {
    const fallback = new sfn.Pass(stack, 'F');
    expect(() => CatchPolicy.of({ errors: ['States.ALL', 'E'], fallback })).toThrow('States.ALL must appear alone');
    const a = jsonPathTask('A').addCatch(fallback);
    expect(() => CatchPolicy.of({ errors: ['E'], fallback }).applyTo(a)).toThrow(
      'Shop/A: errors received ["E"]; state \'A\' has a Catch for States.ALL, which must be last: add this one first',
    );
  });

  test('an empty list of errors', () => {
    expect(() => CatchPolicy.of({ errors: [], fallback: new sfn.Pass(stack, 'F') })).toThrow(
      'errors received []; name at least one error',
    );
  });

  test.each(['', 'a.b', '$.error', '1st', 'a b', 'a"b', "['x']"])('the errorField %p', (errorField) => {
    expect(() => CatchPolicy.of({ fallback: new sfn.Pass(stack, 'F'), errorField })).toThrow(
      `errorField received ${JSON.stringify(errorField)}; use a plain field name`,
    );
  });

  test('an errorField where the input is not kept', () => {
    expect(() => CatchPolicy.of({ fallback: new sfn.Pass(stack, 'F'), errorField: 'e', keepInput: false })).toThrow(
      'errorField received "e"; with keepInput: false the error is the whole input: remove one of the two',
    );
  });
});
