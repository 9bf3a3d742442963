// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub

import * as fc from 'fast-check';
import { readTemplate } from '../../../local/assembly';

const names = fc.constantFrom(
  'A',
  'B',
  'P',
  'C',
  'AWS::Region',
  'AWS::NoValue',
  'Outputs.X',
  'constructor',
  '__proto__',
  '${A}',
  '${B.Arn}',
  '{{resolve:x}}',
  '',
);
const keys = fc.constantFrom(
  ...[
    'Ref',
    'Condition',
    'Fn::GetAtt',
    'Fn::Join',
    'Fn::Sub',
    'Fn::Select',
    'Fn::Split',
    'Fn::FindInMap',
    'Fn::If',
    'Fn::Equals',
    'Fn::And',
    'Fn::Or',
  ],
  ...[
    'Fn::Not',
    'Fn::ImportValue',
    'Fn::GetStackOutput',
    'Fn::Base64',
    'Fn::GetAZs',
    'Fn::Cidr',
    'Fn::Length',
    'Fn::ToJsonString',
    'Fn::Transform',
  ],
  ...[
    'Fn::X',
    'Type',
    'Properties',
    'DependsOn',
    'Metadata',
    'StackName',
    'OutputName',
    'Value',
    'Export',
    'Name',
    'Default',
    '__proto__',
  ],
);

const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    names,
    fc.integer({ min: -1, max: 3 }),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }),
  object: fc.dictionary(keys, tie('json'), { maxKeys: 2 }),
}));

const type = fc.constantFrom(
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachineAlias',
  'AWS::CloudFormation::Stack',
  'AWS::Lambda::Version',
  'constructor',
);
const resource = fc.record(
  {
    Type: type,
    Properties: fc.dictionary(fc.constantFrom('QueueName', 'Name', 'TemplateURL', 'FunctionName', 'X'), json, { maxKeys: 3 }),
    Condition: names,
    DependsOn: json,
  },
  { requiredKeys: ['Type'] },
);
const template = fc.record({
  Parameters: fc.record({ P: json }),
  Conditions: fc.record({ C: json }),
  Mappings: json,
  Outputs: fc.record({ X: json }),
  Transform: json,
  Resources: fc.oneof({ weight: 4, arbitrary: fc.record({ A: resource, B: resource }) }, { weight: 1, arbitrary: json }),
});

test('no template makes it throw, and what it leaves is JSON', () => {
  fc.assert(
    fc.property(template, (given) => {
      const { resources, problems } = readTemplate(given);
      expect(JSON.parse(JSON.stringify(resources.map(({ properties }) => properties)))).toEqual(
        resources.map(({ properties }) => properties),
      );
      expect(problems.every(({ reason }) => reason.length > 0)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('reading again gives the same', () => {
  fc.assert(
    fc.property(template, (given) => {
      const [first, second] = [readTemplate(given), readTemplate(given)];
      expect(first.resources).toEqual(second.resources);
      expect(first.problems).toEqual(second.problems);
    }),
  );
});

test.each(['Fn::Base64', 'Ref', 'Tags'])('%s nested 100,000 deep is reported', (key) => {
  let value: unknown = 'x';
  for (let depth = 0; depth < 100_000; depth++) value = { [key]: value };
  const { problems } = readTemplate({ Resources: { A: { Type: 'T', Properties: { Value: value } } } });
  expect(problems.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('more than 256 levels deep'));
});

test('text that doubles at every level is cut off', () => {
  let value: unknown = 'x'.repeat(1000);
  for (let level = 0; level < 40; level++) value = { 'Fn::Sub': ['${V}${V}', { V: value }] };
  const { problems } = readTemplate({ Resources: { A: { Type: 'T', Properties: { Value: value } } } });
  expect(problems.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('CloudFormation takes 4194304'));
});

test('names that refer to the next, 2,000 of them, are reported', () => {
  const topics = Array.from({ length: 2000 }, (_, index) => [
    `T${index}`,
    { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': [`T${index + 1}`, 'TopicName'] } } },
  ]);
  const { resources, problems } = readTemplate({ Resources: Object.fromEntries(topics) });
  expect(resources).toHaveLength(2000);
  expect(problems.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('more than 256 levels deep'));
});

describe('options', () => {
  const Resources = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' } } } };
  const Parameters = { Name: { Type: 'String', Default: 'default' }, Url: { Type: 'AWS::SSM::Parameter::Value<String>' } };

  test('without any, the stack is Stack in us-east-1 of account 123456789012', () => {
    expect(readTemplate({}).stacks).toEqual([
      { id: 'Stack', name: 'Stack', path: 'Stack', region: 'us-east-1', account: '123456789012' },
    ]);
  });

  test('region, account and name are those of the stack', () => {
    const options = { region: 'eu-west-1', account: '111111111111', stackName: 'Shop' };
    const assembly = readTemplate({ Resources, Parameters }, options);
    expect(assembly.stacks).toEqual([{ id: 'Shop', name: 'Shop', path: 'Shop', region: 'eu-west-1', account: '111111111111' }]);
    expect(assembly.resources[0].arn).toBe('arn:aws:sqs:eu-west-1:111111111111:default');
  });

  test.each([
    [{}, 'default'],
    [{ Name: 'given' }, 'given'],
    [{ 'Shop:Name': 'for this stack', Name: 'given' }, 'for this stack'],
    [{ 'Other:Name': 'for another' }, 'default'],
  ])('parameters %j make the name %s', (parameters, name) => {
    const [queue] = readTemplate({ Resources, Parameters }, { stackName: 'Shop', parameters }).resources;
    expect(queue.properties.QueueName).toBe(name);
  });

  test('a value stands in for what SSM holds', () => {
    const template = { Parameters, Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Url' } } } } };
    const { resources, problems } = readTemplate(template, { parameters: { Url: 'here' } });
    expect(resources[0].properties.QueueName).toBe('here');
    expect(problems).toEqual([]);
  });
});

test('a resource that is none is reported, the others are read', () => {
  const { resources, problems } = readTemplate({ Resources: { Bad: 5, AlsoBad: {}, Good: { Type: 'T', Properties: [] } } });
  expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Good']);
  expect(problems.map(({ resource, property }) => [resource, property])).toEqual([
    ['Bad', 'Type'],
    ['AlsoBad', 'Type'],
    ['Stack/Good (T)', 'Properties'],
  ]);
});

test('macros are named, save the one whose functions are resolved here', () => {
  const { problems } = readTemplate({ Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'], Resources: {} });
  expect(problems.map(({ property, reason }) => [property, reason])).toEqual([
    ['Transform', 'transform "AWS::Serverless-2016-10-31" is not supported; replace it by the template that it makes'],
  ]);
});

test('a nested stack without assets around it is reported', () => {
  const { problems } = readTemplate({
    Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3/b/k.json' } } },
  });
  expect(problems.map(({ property, reason }) => [property, reason])).toEqual([
    [
      'TemplateURL',
      'template "https://s3/b/k.json" is not an asset of this app; the resources of this nested stack are left out',
    ],
  ]);
});

describe('lookups', () => {
  const assembly = readTemplate({
    Resources: {
      Queue: {
        Type: 'AWS::SNS::Topic',
        Properties: { TopicName: 'orders' },
        Metadata: { 'aws:cdk:path': 'Shop/Orders/Resource', note: 1 },
      },
      Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'orders' } },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
    },
  });

  test('by ARN', () => {
    expect(assembly.byArn('arn:aws:sns:us-east-1:123456789012:orders')?.logicalId).toBe('Queue');
    expect(assembly.byArn('arn:aws:sns:us-east-1:123456789012:others')).toBeUndefined();
  });

  test('by physical id, which is unique within a type only', () => {
    expect(assembly.byPhysicalId('AWS::Lambda::Function', 'orders')?.logicalId).toBe('Fn');
    expect(assembly.byPhysicalId('AWS::DynamoDB::Table', 'orders')?.logicalId).toBe('Table');
  });

  test('by type', () => {
    expect(assembly.ofType('AWS::DynamoDB::Table').map(({ logicalId }) => logicalId)).toEqual(['Table']);
  });

  test('the path is that of the construct users wrote, metadata is as in the template', () => {
    const [topic] = assembly.ofType('AWS::SNS::Topic');
    expect(topic.path).toBe('Shop/Orders');
    expect(topic.metadata).toEqual({ 'aws:cdk:path': 'Shop/Orders/Resource', note: 1 });
  });
});
