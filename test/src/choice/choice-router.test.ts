import { CfnParameter, type Stack, Token } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ChoiceRouter, type ChoiceRouterProps, Route } from 'cdk-workflow-patterns';
import * as fc from 'fast-check';
import { choose, definitionOf, evaluate, newStack, type StateJson } from '../support/definitions';

const ON = '{% $states.input.type %}';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

function pass(name: string): sfn.Pass {
  return sfn.Pass.jsonata(stack, name);
}

function router(props: Partial<ChoiceRouterProps>): ChoiceRouter {
  return new ChoiceRouter(stack, 'ByType', { on: ON, ...props });
}

describe('states', () => {
  test('the Choice bears the id, the default is a Fail behind it', () => {
    const definition = definitionOf(stack, router({ routes: { A: pass('DoA'), B: pass('DoB') } }));
    expect(definition).toMatchSnapshot();
  });

  test('otherwise takes the place of the Fail', () => {
    const { States } = definitionOf(stack, router({ routes: { A: pass('DoA') }, otherwise: pass('Other') }));
    expect(States.ByType.Default).toBe('Other');
    expect(Object.keys(States).sort()).toEqual(['ByType', 'DoA', 'Other']);
  });

  test('what is chained behind follows each route and otherwise', () => {
    const routes = { A: pass('DoA').next(pass('DoMore')), B: pass('DoB') };
    const { States } = definitionOf(stack, router({ routes, otherwise: pass('Other') }).next(pass('Last')));
    expect([States.DoMore.Next, States.DoB.Next, States.Other.Next]).toEqual(['Last', 'Last', 'Last']);
  });

  test('one chain for two values is followed once', () => {
    const both = pass('Both');
    const { States } = definitionOf(stack, router({ routes: { A: both, B: both } }).next(pass('Last')));
    expect(States.ByType.Choices.map((choice: { Next: string }) => choice.Next)).toEqual(['Both', 'Both']);
    expect(States.Both.Next).toBe('Last');
  });

  test('toSingleState puts the router into a Parallel with unique names', () => {
    const definition = definitionOf(stack, router({ routes: { A: pass('DoA') } }).toSingleState());
    expect(definition.StartAt).toBe('ByType');
    expect(Object.keys(definition.States.ByType.Branches[0].States).sort()).toEqual([
      'ByType: ByType',
      'ByType: UnknownChoice',
      'DoA',
    ]);
  });

  test('a prefix is added once, however often it is asked for', () => {
    const { StartAt } = definitionOf(
      stack,
      router({ routes: { A: pass('DoA') } })
        .prefixStates('X: ')
        .prefixStates('X: '),
    );
    expect(StartAt).toBe('X: ByType');
  });
});

describe('routing', () => {
  const chain = () => ({ routes: { PURCHASE: pass('Purchase'), '1': pass('Text1') }, otherwise: pass('Other') });

  let untyped: StateJson;
  let typed: StateJson;
  beforeAll(() => {
    stack = newStack();
    untyped = definitionOf(stack, router(chain())).States.ByType;
    stack = newStack();
    const typedRoutes = [
      Route.ofNumber(1, pass('Number1')),
      Route.ofBoolean(true, pass('True')),
      Route.ofBoolean(false, pass('False')),
    ];
    typed = definitionOf(stack, router({ ...chain(), typedRoutes })).States.ByType;
  });

  test.each([
    ['PURCHASE', 'Purchase'],
    ['1', 'Text1'],
    [1, 'Number1'],
    [1.0, 'Number1'],
    [true, 'True'],
    [false, 'False'],
  ])('%p goes to %s', async (type, expected) => {
    expect(await choose(typed, { type })).toBe(expected);
  });

  test.each([
    [{}],
    [{ type: null }],
    [{ type: 2 }],
    [{ type: 'purchase' }],
    [{ type: 'true' }],
    [{ type: '' }],
    [{ type: ['PURCHASE'] }],
    [{ type: ['PURCHASE', '1'] }],
    [{ type: [] }],
    [{ type: [['PURCHASE']] }],
    [{ type: { PURCHASE: true } }],
    [{ type: {} }],
    [null],
    [[]],
    [['PURCHASE']],
    ['PURCHASE'],
    [1],
    [true],
  ])('the input %j goes to otherwise', async (input) => {
    expect(await choose(typed, input)).toBe('Other');
  });

  test.each([
    [[{ type: 'PURCHASE' }], 'Purchase'],
    [[[{ type: 'PURCHASE' }]], 'Purchase'],
    [[{ type: 'PURCHASE' }, {}], 'Purchase'],
    [[{ type: 'PURCHASE' }, { type: 'PURCHASE' }], 'Other'],
    [[{ type: ['PURCHASE'] }], 'Other'],
    [[{}], 'Other'],
  ])('a path through the array %j goes to %s, as JSONata takes one value for the array of it', async (input, expected) => {
    expect(await choose(untyped, input)).toBe(expected);
  });

  test('an expression that looks at the type first keeps arrays out', async () => {
    const on = '{% $type($states.input) = "object" ? $states.input.type %}';
    const { States } = definitionOf(stack, router({ ...chain(), on }));
    expect(await choose(States.ByType, { type: 'PURCHASE' })).toBe('Purchase');
    for (const input of [[{ type: 'PURCHASE' }], [], null, 'PURCHASE']) {
      expect(await choose(States.ByType, input)).toBe('Other');
    }
  });

  test('any text is a route of its own: nothing in it can end the literal', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('" = "" or "', '%}', '{% 1 %}', '\\"', '\\', '\n', '\u2028', '$x'),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (value, other) => {
        stack = newStack();
        const choice = router({ routes: { [value]: pass('Hit') }, otherwise: pass('Other') }).startState.toStateJson();
        expect(await choose(choice, { type: value })).toBe('Hit');
        expect(await choose(choice, { type: other })).toBe(other === value ? 'Hit' : 'Other');
      }),
      { numRuns: 100 },
    );
  });

  test('any finite number is a route of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (value) => {
        stack = newStack();
        const typedRoutes = [Route.ofNumber(value, pass('Hit'))];
        const choice = router({ typedRoutes, otherwise: pass('Other') }).startState.toStateJson();
        expect(await choose(choice, { type: value })).toBe('Hit');
        expect(await choose(choice, { type: String(value) })).toBe('Other');
      }),
      { numRuns: 100 },
    );
  });

  test('an expression may take several lines', async () => {
    const { States } = definitionOf(stack, router({ ...chain(), on: '{%\n  $states.input\n    .type\n%}' }));
    expect(await choose(States.ByType, { type: 'PURCHASE' })).toBe('Purchase');
  });

  test('an operator in the expression does not bind to the comparison', async () => {
    const on = '{% $states.input.a and $states.input.b %}';
    const { States } = definitionOf(
      stack,
      router({ on, typedRoutes: [Route.ofBoolean(true, pass('Both'))], otherwise: pass('Other') }),
    );
    expect(await choose(States.ByType, { a: true, b: true })).toBe('Both');
    expect(await choose(States.ByType, { a: true, b: false })).toBe('Other');
  });
});

describe('the cause without otherwise', () => {
  let fail: StateJson;
  beforeAll(() => {
    stack = newStack();
    const typedRoutes = [Route.ofNumber(7, pass('Do7'))];
    fail = definitionOf(stack, router({ routes: { A: pass('DoA') }, typedRoutes })).States['ByType: UnknownChoice'];
  });

  test('goes with the error UnknownChoice', () => {
    expect(fail).toEqual({ Type: 'Fail', QueryLanguage: 'JSONata', Error: 'UnknownChoice', Cause: expect.any(String) });
  });

  test.each([
    [{ type: 'a' }, 'received string a; the routes are "A", 7'],
    [{ type: 8 }, 'received number 8; the routes are "A", 7'],
    [{ type: true }, 'received boolean true; the routes are "A", 7'],
    [{ type: null }, 'received null; the routes are "A", 7'],
    [{ type: ['A'] }, 'received array ["A"]; the routes are "A", 7'],
    [{ type: { A: 1 } }, 'received object {"A":1}; the routes are "A", 7'],
    [{}, 'received no value; the routes are "A", 7'],
    [null, 'received no value; the routes are "A", 7'],
    ['A', 'received no value; the routes are "A", 7'],
  ])('of the input %j is: %s', async (input, expected) => {
    expect(await evaluate(fail.Cause, { input })).toBe(expected);
  });

  test('cuts a long value', async () => {
    expect(await evaluate(fail.Cause, { input: { type: 'x'.repeat(200) } })).toContain(`string ${'x'.repeat(200)};`);
    expect(await evaluate(fail.Cause, { input: { type: 'x'.repeat(201) } })).toContain(`string ${'x'.repeat(200)}...;`);
  });

  test('cuts a long list of routes, and stays within AWS’s 32,768 characters', async () => {
    const routes = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`value number ${i}`, pass(`Do${i}`)]));
    const { States } = definitionOf(stack, router({ routes }));
    const text = await evaluate(States['ByType: UnknownChoice'].Cause, { input: {} });
    expect(text).toMatch(/^received no value; the routes are "value number 0", .*\.\.\.$/);
    expect(text.length).toBeLessThan(1100);
  });
});

describe('refuses', () => {
  test('no routes', () => {
    expect(() => router({})).toThrow('Shop/ByType: routes received {}; add a route for at least one value');
  });

  test('one value twice', () => {
    expect(() => router({ routes: { A: pass('a') }, typedRoutes: [Route.ofString('A', pass('b'))] })).toThrow(
      'typedRoutes received "A"; there is a route for this value already: remove one of the two',
    );
  });

  test('but takes one text and one number that read alike', () => {
    expect(() => router({ routes: { '1': pass('a') }, typedRoutes: [Route.ofNumber(1, pass('b'))] })).not.toThrow();
  });

  test('a chain of another router', () => {
    const a = pass('DoA');
    new ChoiceRouter(stack, 'First', { on: ON, routes: { A: a } });
    expect(() => router({ routes: { A: a } })).toThrow(
      'Shop/ByType: routes["A"] received "DoA"; Shop/First routes to this state: give this router states of its own',
    );
  });

  test('a chain of another state machine', () => {
    const a = pass('DoA');
    definitionOf(stack, a);
    expect(() => router({ routes: { A: a } })).toThrow('routes["A"] received "DoA"; a state machine holds this state already');
  });

  test('a chain that leads to a state of another state machine', () => {
    const last = pass('Last');
    definitionOf(stack, last);
    const routes = { A: pass('DoA').next(last) };
    expect(() => router({ routes })).toThrow('routes["A"] received "Last"; a state machine holds this state already');
  });

  test('an otherwise of another router', () => {
    const other = pass('Other');
    new ChoiceRouter(stack, 'First', { on: ON, routes: { A: pass('DoA') }, otherwise: other });
    expect(() => router({ routes: { A: pass('DoA2') }, otherwise: other })).toThrow(
      'Shop/ByType: otherwise received "Other"; Shop/First routes to this state: give this router states of its own',
    );
  });

  test('an otherwise of another state machine', () => {
    const other = pass('Other');
    definitionOf(stack, other);
    expect(() => router({ routes: { A: pass('DoA') }, otherwise: other })).toThrow(
      'Shop/ByType: otherwise received "Other"; a state machine holds this state already',
    );
  });

  test('but takes a Fail that another router of the machine goes to', () => {
    const unknown = new sfn.Fail(stack, 'Unknown');
    const first = new ChoiceRouter(stack, 'First', { on: ON, routes: { A: pass('DoA') }, otherwise: unknown });
    const { States } = definitionOf(stack, first.next(router({ routes: { A: pass('DoA2') }, otherwise: unknown })));
    expect([States.First.Default, States.ByType.Default]).toEqual(['Unknown', 'Unknown']);
  });

  test.each(['', '$states.input.type', '{% %}', '{%%}', '$.type'])('the expression %p', (on) => {
    expect(() => router({ on, routes: { A: pass('a') } })).toThrow(/^Shop\/ByType: on received .*; write a JSONata expression/);
  });

  test('a token as the expression', () => {
    const on = new CfnParameter(stack, 'P').valueAsString;
    expect(() => router({ on, routes: { A: pass('a') } })).toThrow('on received a token; write a JSONata expression');
  });

  test('a token as a text, a number or a boolean', () => {
    const text = new CfnParameter(stack, 'P').valueAsString;
    expect(() => router({ routes: { [text]: pass('a') } })).toThrow('value received a token; a route needs a literal');
    expect(() => Route.ofNumber(Token.asNumber({ Ref: 'P' }), pass('b'))).toThrow(
      'value received a token; a route needs a literal',
    );
    expect(() => Route.ofBoolean(Token.asAny({ Ref: 'P' }) as never, pass('c'))).toThrow(
      'value received a token; a route needs a literal',
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('the number %p', (value) => {
    expect(() => Route.ofNumber(value, pass('a'))).toThrow(`value received ${value}; route on a finite number`);
  });

  test('a state name over 80 characters with its prefix', () => {
    const fragment = new ChoiceRouter(stack, 'x'.repeat(66), { on: ON, routes: { A: pass('a') } });
    expect(() => definitionOf(stack, fragment)).toThrow(
      `state name received "${'x'.repeat(66)}: UnknownChoice"; a state name has at most 80 characters with its prefix, this one 81`,
    );
  });

  test('but takes one of 80, counted in characters', () => {
    const id = `${'x'.repeat(62)}😀😀😀`;
    expect(() => definitionOf(stack, new ChoiceRouter(stack, id, { on: ON, routes: { A: pass('a') } }))).not.toThrow();
  });
});
