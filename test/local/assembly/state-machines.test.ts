// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of DefinitionSubstitutions

import { readTemplate, stateMachines } from '../../../local/assembly';
import type { JsonObject } from '../../../local/assembly/json';

function read(properties: JsonObject) {
  const assembly = readTemplate({
    Resources: {
      Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'n', ...properties } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } },
    },
  });
  return { machine: stateMachines(assembly)[0], problems: assembly.problems };
}

test('identity and configuration', () => {
  const LoggingConfiguration = { Level: 'ALL', IncludeExecutionData: true };
  const TracingConfiguration = { Enabled: true };
  const { machine } = read({ DefinitionString: '{}', RoleArn: 'arn:role', LoggingConfiguration, TracingConfiguration });
  expect(machine).toEqual({
    name: 'n',
    arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:n',
    type: 'STANDARD',
    definition: '{}',
    logicalId: 'Machine',
    path: 'Stack/Machine',
    roleArn: 'arn:role',
    loggingConfiguration: LoggingConfiguration,
    tracingConfiguration: TracingConfiguration,
  });
});

test.each([
  ['EXPRESS', 'EXPRESS'],
  ['STANDARD', 'STANDARD'],
])('type %s', (StateMachineType, type) => {
  expect(read({ StateMachineType }).machine.type).toBe(type);
});

describe('the definition', () => {
  test('as an object', () => {
    const { machine } = read({
      Definition: { StartAt: 'A', States: { A: { Type: 'Succeed', Comment: { Ref: 'AWS::Region' } } } },
    });
    expect(JSON.parse(machine.definition!)).toEqual({ StartAt: 'A', States: { A: { Type: 'Succeed', Comment: 'us-east-1' } } });
  });

  test('substitutions are text before anything is parsed, of any scalar', () => {
    const { machine } = read({
      DefinitionString: '{"a": ${number}, "b": ${flag}, "c": "${queue}"}',
      DefinitionSubstitutions: { number: 5, flag: true, queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    });
    expect(JSON.parse(machine.definition!)).toEqual({ a: 5, b: true, c: 'arn:aws:sqs:us-east-1:123456789012:q' });
  });

  test('a substitution is not substituted in turn, and what has none stays', () => {
    const { machine } = read({ DefinitionString: '${a} ${c}', DefinitionSubstitutions: { a: '${b}', b: 'no' } });
    expect(machine.definition).toBe('${b} ${c}');
  });

  test('in a bucket is not known, and reported', () => {
    const { machine, problems } = read({ DefinitionS3Location: { Bucket: 'b', Key: 'd.json' } });
    expect(machine.definition).toBeUndefined();
    expect(problems.map(({ property, reason }) => [property, reason])).toEqual([
      ['DefinitionS3Location', 's3://b/d.json is not an asset of this app, so it is not on this machine; use an asset'],
    ]);
  });

  test('with an attribute nobody knows is valid JSON all the same', () => {
    const { machine, problems } = read({
      DefinitionString: { 'Fn::Join': ['', ['{"a":"', { 'Fn::GetAtt': ['Queue', 'Odd"Name'] }, '"}']] },
    });
    expect(JSON.parse(machine.definition!)).toEqual({ a: 'UNRESOLVED(Queue.Odd_Name)' });
    expect(problems).toHaveLength(1);
  });
});
