import fc from 'fast-check';
import { compile, DefinitionError, type Json } from '../../../local/engine';
import { FUNCTIONS } from '../../../local/engine/intrinsics/functions';
import { run, runState, single } from './fixture';

type Object = { [field: string]: Json };

const MAX_BYTES = 262_144;
const pass = (expression: string, input: Json = {}) => runState({ Type: 'Pass', Parameters: { 'it.$': expression } }, input);
const jsonata = (output: Json, input: Json = {}) => runState({ Type: 'Pass', QueryLanguage: 'JSONata', Output: output }, input);

function nested(levels: number): Json {
  let value: Json = 1;
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

describe('an expression is cut', () => {
  test.each([
    ['that loops without end', '($f := function($x) { $f($x + 1) }; $f(0))'],
    ['that recurses without end', '($f := function($x) { 1 + $f($x + 1) }; $f(0))'],
    ['that makes a range of a hundred million', '[1..100000000]'],
    ['that makes ranges of ranges', '[1..1000000].[1..1000]'],
    ['that doubles a text 40 times', '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f("ab", 40))'],
    ['that pads to a hundred gigabytes', '$pad("x", 100000000000)'],
    ['whose regular expression backtracks', '$match($states.input, /(a+)+$/)'],
    ['that parses a deeply nested text', '$parse($pad("", 100000, "["))'],
  ])('%s', async (_what, expression) => {
    const started = performance.now();
    const { error } = await jsonata(`{% ${expression} %}`, `${'a'.repeat(60)}!`);
    expect(error).toBe('States.QueryEvaluationError');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('whose filter in JSONPath backtracks', async () => {
    const { error, cause } = await pass('$[?(@.t =~ /(a+)+$/)]', [{ t: `${'a'.repeat(60)}!` }]);
    expect(error).toBe('States.Runtime');
    expect(cause).toMatch(/The regular expression takes more than \d+ steps/);
  });
});

describe('data nested a hundred thousand levels deep', () => {
  const deep = nested(100_000);

  test('is refused in a definition', () => {
    expect(() => compile(single({ Type: 'Pass', Result: deep }))).toThrow(DefinitionError);
    expect(() => compile(`{"StartAt":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toThrow(DefinitionError);
  });

  test.each<[string, Object]>([
    ['Parameters', { Type: 'Pass', Parameters: { 'a.$': '$' } }],
    ['a scan', { Type: 'Pass', InputPath: '$..b' }],
    ['a path that leads nowhere', { Type: 'Pass', InputPath: '$.none' }],
    ['ResultPath', { Type: 'Pass', ResultPath: '$.a' }],
    ['States.Format', { Type: 'Pass', Parameters: { 'a.$': "States.Format('{}', $)" } }],
    ['States.JsonToString', { Type: 'Pass', Parameters: { 'a.$': 'States.JsonToString($)' } }],
    ['States.Hash', { Type: 'Pass', Parameters: { 'a.$': "States.Hash($, 'MD5')" } }],
    ['JSONata', { Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: '{% $states.input %}' } }],
    ['JSONata that copies it', { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% [$states.input] %}' }],
    ['a task', { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' }],
  ])('ends in an error of the language as the input of %s', async (_what, state) => {
    const { status, error } = await runState(state, deep);
    expect(status).toBe('FAILED');
    expect(error).toMatch(/^States\.(Runtime|QueryEvaluationError|IntrinsicFailure|ResultPathMatchFailure)$/);
  });

  test('ends in an error of the language as the result of a task', async () => {
    const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
    const { error } = await runState(task, {}, { task: () => ({ output: deep }) });
    expect(error).toBe('States.Runtime');
  });

  test('ends in States.IntrinsicFailure where it is parsed', async () => {
    const { error } = await pass('States.StringToJson($)', `${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(error).toBe('States.IntrinsicFailure');
  });

  test('may nest a thousand levels', async () => {
    expect((await pass('$[0]', nested(990))).status).toBe('SUCCEEDED');
  });
});

describe('names that JavaScript gives a meaning', () => {
  const text = '{"__proto__":{"a":1},"constructor":5,"toString":6}';
  const input: Json = JSON.parse(text);

  test.each<[string, Object]>([
    ['passed on', { Type: 'Pass' }],
    ['selected', { Type: 'Pass', Parameters: { 'it.$': '$' }, OutputPath: '$.it' }],
    [
      'merged',
      { Type: 'Pass', Parameters: { 'it.$': "States.JsonMerge($, States.StringToJson('{}'), false)" }, OutputPath: '$.it' },
    ],
    ['read by JSONata', { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $merge([$states.input]) %}' }],
    [
      'built by JSONata',
      {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: JSON.parse('{"__proto__":{"a":"{% 1 %}"},"constructor":5,"toString":6}'),
      },
    ],
    [
      'built by a template',
      { Type: 'Pass', Parameters: JSON.parse('{"__proto__":{"a.$":"$.__proto__.a"},"constructor":5,"toString":6}') },
    ],
  ])('are data where they are %s', async (_how, state) => {
    expect(JSON.stringify((await runState(state, input)).output)).toBe(text);
    expect(({} as Object).a).toBeUndefined();
  });

  test('are put in by ResultPath', async () => {
    const { output } = await runState({ Type: 'Pass', Result: 1, ResultPath: '$.__proto__.b' }, {});
    expect(JSON.stringify(output)).toBe('{"__proto__":{"b":1}}');
  });

  test.each(['$.constructor', '$.toString', '$.__proto__'])(
    '%s leads nowhere where the input has no such field',
    async (path) => {
      expect((await pass(path, {})).error).toBe('States.Runtime');
    },
  );

  test.each(['$states.input.constructor', '$constructor', '$__proto__', '$states.input.__proto__'])(
    '%s is nothing where the input has no such field',
    async (expression) => {
      expect((await jsonata(`{% ${expression} %}`, {})).error).toBe('States.QueryEvaluationError');
    },
  );

  test('name variables and states', async () => {
    const { output } = await run(
      JSON.parse(
        '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","Assign":{"__proto__":1,"constructor":2},"Next":"constructor"},' +
          '"constructor":{"Type":"Pass","Parameters":{"a.$":"$__proto__","b.$":"$constructor"},"End":true}}}',
      ),
    );
    expect(output).toEqual({ a: 1, b: 2 });
  });

  test('name variables in JSONata', async () => {
    const state = JSON.parse('{"Type":"Pass","Assign":{"__proto__":{"a":1}},"Next":"B"}');
    const { output } = await run({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: state, B: { Type: 'Pass', Output: '{% $count([$__proto__.a, $__proto__.a]) %}', End: true } },
    });
    expect(output).toBe(2);
  });

  test('of a key that stands twice the last one counts', async () => {
    const { output } = await run(compileText('{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"k":1,"k":2},"End":true}}}'));
    expect(output).toEqual({ k: 2 });
  });
});

function compileText(text: string): Json {
  return JSON.parse(text) as Json;
}

// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: 262,144 bytes of input or output of a task, a state or an execution
describe('256 KB', () => {
  const quoted = (bytes: number) => 'x'.repeat(bytes - 2);

  test.each<[string, Object]>([
    ['States.Format', { Type: 'Pass', Parameters: { 'it.$': "States.Format('{}{}', $.a, $.b)" }, OutputPath: '$.it' }],
    ['JSONata', { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.a & $states.input.b %}' }],
  ])('is what a state may put out by %s, and not a byte more', async (_how, state) => {
    const output = (bytes: number) => runState(state, { a: quoted(bytes - 1), b: 'y' });
    expect((await output(MAX_BYTES)).status).toBe('SUCCEEDED');
    expect((await output(MAX_BYTES + 1)).error).toBe('States.DataLimitExceeded');
  });

  test('is what a task may answer, and not a byte more', async () => {
    const answer = (bytes: number) =>
      runState({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' }, {}, { task: () => ({ output: quoted(bytes) }) });
    expect((await answer(MAX_BYTES)).status).toBe('SUCCEEDED');
    expect((await answer(MAX_BYTES + 1)).error).toBe('States.DataLimitExceeded');
  });

  test('is counted in UTF-8', async () => {
    const answer = (output: string) =>
      runState({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' }, {}, { task: () => ({ output }) });
    expect((await answer('é'.repeat(MAX_BYTES / 2 - 1))).status).toBe('SUCCEEDED');
    expect((await answer(`${'é'.repeat(MAX_BYTES / 2 - 1)}x`)).error).toBe('States.DataLimitExceeded');
  });
});

describe('whatever the arguments', () => {
  const { argument } = fc.letrec<{ argument: string }>((tie) => ({
    argument: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom(
        '$',
        '$.a',
        '$.a[0]',
        '$..b',
        '$$.Execution',
        "''",
        "'a{}'",
        "'SHA-1'",
        '0',
        '-1.5',
        '1e99',
        'true',
        'null',
      ),
      fc
        .tuple(fc.constantFrom(...Object.keys(FUNCTIONS)), fc.array(tie('argument'), { maxLength: 4 }))
        .map(([name, args]) => `${name}(${args.join(', ')})`),
    ),
  }));
  const call = fc
    .tuple(fc.constantFrom(...Object.keys(FUNCTIONS)), fc.array(argument, { maxLength: 4 }))
    .map(([name, args]) => `${name}(${args.join(', ')})`);
  const name = fc.constantFrom('a', 'b', '__proto__', '_jsonata_lambda', 'sequence');
  const input = fc.oneof(fc.jsonValue(), fc.dictionary(name, fc.jsonValue(), { maxKeys: 4 })) as fc.Arbitrary<Json>;

  test('an intrinsic function is refused, succeeds or fails by an error of the language', async () => {
    await fc.assert(
      fc.asyncProperty(call, input, async (text, data) => {
        try {
          compile(single({ Type: 'Pass', Parameters: { 'it.$': text } }));
        } catch (error) {
          expect(error).toBeInstanceOf(DefinitionError);
          return;
        }
        const { status, error } = await pass(text, data);
        if (status !== 'SUCCEEDED') expect(error).toMatch(/^States\.(IntrinsicFailure|Runtime)$/);
      }),
      { numRuns: 600 },
    );
  });

  const functions = [
    'partition',
    'range',
    'hash',
    'random',
    'parse',
    'uuid',
    'shuffle',
    'now',
    'millis',
    'sum',
    'string',
    'substring',
    'map',
    'sort',
    'match',
    'merge',
    'lookup',
    'formatNumber',
    'fromMillis',
    'each',
    'reduce',
  ];
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        '$states.input',
        '$states.input.a',
        '$states.context',
        '$none',
        '1',
        '-0.5',
        '"a"',
        'null',
        '[]',
        '{}',
        '[1..3]',
        '/a+/',
        'function($x) { $x }',
        '$states',
      ),
      fc
        .tuple(fc.constantFrom(...functions), fc.array(tie('expression'), { maxLength: 3 }))
        .map(([each, args]) => `$${each}(${args.join(', ')})`),
      fc
        .tuple(tie('expression'), fc.constantFrom('=', '<', '+', '&', 'and', '.', '~>', 'in'), tie('expression'))
        .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
      fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `{"k": ${one}, "l": [${other}]}`),
    ),
  }));

  test('an expression is refused, succeeds or fails by an error of the language', async () => {
    await fc.assert(
      fc.asyncProperty(expression, input, async (text, data) => {
        const state = { Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${text} %}` };
        try {
          compile(single(state));
        } catch (error) {
          expect(error).toBeInstanceOf(DefinitionError);
          return;
        }
        const { status, error, output } = await runState(state, data);
        if (status === 'SUCCEEDED') expect(JSON.parse(JSON.stringify(output))).toEqual(output);
        else expect(error).toBe('States.QueryEvaluationError');
      }),
      { numRuns: 600 },
    );
  });
});
