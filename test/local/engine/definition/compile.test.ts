import { compile, DefinitionError, type Json } from '../../../../local/engine';
import { problemsOf, single } from '../fixture';

const END = { Type: 'Pass', End: true };
const refusals = (definition: string | Json) =>
  problemsOf(definition).map(({ code, message, location }) => `${code}: ${message} at ${location}`);

describe('compile', () => {
  test('takes JSON text as well as the value it holds', () => {
    const definition = { Comment: 'c', StartAt: 'A', States: { A: END }, TimeoutSeconds: 9, Version: '1.0' };
    for (const form of [definition, JSON.stringify(definition)]) {
      expect(compile(form)).toMatchObject({
        startAt: 'A',
        comment: 'c',
        timeoutSeconds: 9,
        type: 'STANDARD',
        queryLanguage: 'JSONPath',
      });
    }
  });

  test('refuses what is no JSON object, in the words of AWS', () => {
    expect(refusals('')).toEqual(['SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at ']);
    expect(refusals('[]')).toEqual(['SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at ']);
    expect(problemsOf('{"StartAt"')[0].code).toBe('INVALID_JSON_DESCRIPTION');
  });

  test('throws one error that lists every problem, as AWS puts it', () => {
    const definition = { States: { A: { Type: 'Pass', End: true, Next: 'B' } } };
    expect(() => compile(definition)).toThrow(DefinitionError);
    expect(() => compile(definition)).toThrow(
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] at /, SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Next, End] at /States/A'",
    );
  });

  test.each<[string, Json, string]>([
    [
      'a transition to nowhere',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } },
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
    ],
    [
      'a start at nowhere',
      { StartAt: 'B', States: { A: END } },
      "MISSING_TRANSITION_TARGET: Missing 'StartAt' target: B at /StartAt",
    ],
    [
      'a state nobody reaches',
      { StartAt: 'A', States: { A: END, B: END } },
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
    ],
    [
      'a type there is not',
      single({ Type: 'Sleep' }),
      "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/It/Type",
    ],
    [
      'a field there is not',
      single({ Type: 'Pass', Reslut: 1 }),
      'SCHEMA_VALIDATION_FAILED: Field is not supported at /States/It/Reslut',
    ],
    [
      'a field of the other language',
      single({ Type: 'Pass', Output: 1 }),
      'SCHEMA_VALIDATION_FAILED: Field is not supported at /States/It/Output',
    ],
    [
      'a path that is none',
      single({ Type: 'Pass', InputPath: '$.a[' }),
      'SCHEMA_VALIDATION_FAILED: Value is not a valid JSONPath: "$.a[" at /States/It/InputPath',
    ],
    [
      'a ResultPath that may lead to many places',
      single({ Type: 'Pass', ResultPath: '$.a[*]' }),
      'SCHEMA_VALIDATION_FAILED: Value is not a valid Reference Path: "$.a[*]" at /States/It/ResultPath',
    ],
    [
      'a call that is none',
      single({ Type: 'Pass', Parameters: { b: { 'a.$': 'States.Nope()' } } }),
      "SCHEMA_VALIDATION_FAILED: The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/It/Parameters/b",
    ],
    [
      'a language taken back',
      { QueryLanguage: 'JSONata', ...(single({ Type: 'Pass', QueryLanguage: 'JSONPath' }) as object) },
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/It",
    ],
    [
      'a variable that cannot be named so',
      single({ Type: 'Pass', Assign: { 'states.$': '$' } }),
      'SCHEMA_VALIDATION_FAILED: Value is not a valid variable name: states at /States/It/Assign/states.$',
    ],
    [
      'variables that are no object',
      single({ Type: 'Pass', QueryLanguage: 'JSONata', Assign: '{% {} %}' }),
      'SCHEMA_VALIDATION_FAILED: Expected an object but was: "{% {} %}" at /States/It/Assign',
    ],
    [
      'a heartbeat that the time-out would always beat',
      single({
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        HeartbeatSeconds: 9,
        TimeoutSeconds: 9,
      }),
      'SCHEMA_VALIDATION_FAILED: The value must be smaller than TimeoutSeconds 9 but was: 9 at /States/It/HeartbeatSeconds',
    ],
    [
      'items that are none',
      single({ Type: 'Map', QueryLanguage: 'JSONata', Items: 5, ItemProcessor: single({ Type: 'Succeed' }) }),
      'SCHEMA_VALIDATION_FAILED: Expected an array or a JSONata expression but was: 5 at /States/It/Items',
    ],
    [
      'a name too long',
      { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: END } },
      `SCHEMA_VALIDATION_FAILED: State name must not exceed 80 characters but has: 81 at /States/${'x'.repeat(81)}`,
    ],
  ])('refuses %s', (_what, definition, refusal) => {
    expect(refusals(definition)).toEqual([refusal]);
  });

  test('refuses an expression that cannot be parsed, by its field', () => {
    const [problem] = problemsOf(single({ Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: '{% 1 + %}' } }));
    expect(problem).toMatchObject({
      location: '/States/It/Output',
      message: expect.stringContaining("The JSONata expression of the field 'Output/a' is invalid"),
    });
  });

  test('tells what is wrong from what is only not there yet', () => {
    const processor = { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'E', States: { E: END } };
    const ItemReader = { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'PARQUET' } };
    const distributed = { Type: 'Map', ItemReader, ItemProcessor: processor, Next: 'B' };
    const unsupported = (definition: Json) => {
      try {
        compile(definition);
      } catch (error) {
        return (error as DefinitionError).unsupported;
      }
      return undefined;
    };
    expect(unsupported({ StartAt: 'A', States: { A: distributed, B: END } })).toBe(true);
    expect(unsupported({ StartAt: 'A', States: { A: distributed } })).toBe(false);
    expect(unsupported(single(END))).toBeUndefined();
  });

  test('takes names that JavaScript holds special', () => {
    const definition =
      '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","Next":"constructor"},"constructor":{"Type":"Succeed"}}}';
    expect(Object.keys(compile(definition).states)).toEqual(['__proto__', 'constructor']);
  });
});
