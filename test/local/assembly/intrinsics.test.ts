// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub

import { readTemplate } from '../../../local/assembly';
import type { Json } from '../../../local/assembly/json';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';

const surroundings = {
  Parameters: {
    Text: { Type: 'String', Default: 'hello' },
    Count: { Type: 'Number', Default: 3 },
    List: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Numbers: { Type: 'List<Number>', Default: '1,2' },
    Bare: { Type: 'String' },
    FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/service/url' },
    Broken: 'String',
  },
  Mappings: { Sizes: { 'us-east-1': { small: 1, names: ['x', 'y'] } } },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Text' }, 'hello'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    NumberLikeText: { 'Fn::Equals': [{ Ref: 'Count' }, '3'] },
    SameLists: { 'Fn::Equals': [{ Ref: 'List' }, ['a', 'b', 'c']] },
    NoCondition: 'yes',
    NotOfTwo: { 'Fn::Not': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    AndOfOne: { 'Fn::And': [{ Condition: 'Yes' }] },
    AndOfText: { 'Fn::And': [{ Condition: 'Yes' }, 'yes'] },
    Circular: { 'Fn::Not': [{ Condition: 'Circular' }] },
  },
};

function read(value: Json) {
  const assembly = readTemplate({
    ...surroundings,
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
      Absent: { Type: 'AWS::SQS::Queue', Condition: 'No' },
      Subject: { Type: 'Test::Subject', Properties: { Value: value } },
    },
  });
  const [subject] = assembly.ofType('Test::Subject');
  return { value: subject.properties.Value, properties: subject.properties, problems: assembly.problems };
}

describe('what resolves', () => {
  test.each<[string, Json, Json]>([
    ['plain JSON stays as it is', { a: [1, 'x', null, true, { b: {} }] }, { a: [1, 'x', null, true, { b: {} }] }],
    ['Ref to a resource', { Ref: 'Queue' }, QUEUE_URL],
    ['Ref to a parameter', { Ref: 'Text' }, 'hello'],
    ['Ref to a number', { Ref: 'Count' }, 3],
    ['Ref to a list, whose items are trimmed', { Ref: 'List' }, ['a', 'b', 'c']],
    ['Ref to a list of numbers', { Ref: 'Numbers' }, [1, 2]],
    ['AWS::Partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['AWS::Region', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['AWS::AccountId', { Ref: 'AWS::AccountId' }, '123456789012'],
    ['AWS::URLSuffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['AWS::StackName', { Ref: 'AWS::StackName' }, 'Stack'],
    ['AWS::NotificationARNs', { Ref: 'AWS::NotificationARNs' }, []],
    ['AWS::NoValue in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    ['AWS::NoValue in a list', [{ Ref: 'AWS::NoValue' }, 1], [1]],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, QUEUE_ARN],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, QUEUE_ARN],
    ['Fn::GetAtt with a computed attribute', { 'Fn::GetAtt': ['Queue', { 'Fn::Sub': 'QueueName' }] }, 'orders'],
    ['Fn::Join', { 'Fn::Join': [':', ['a', { Ref: 'Count' }, true]] }, 'a:3:true'],
    ['Fn::Join over a computed list', { 'Fn::Join': ['', { Ref: 'List' }] }, 'abc'],
    ['Fn::Join leaves out AWS::NoValue', { 'Fn::Join': [',', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'a,b'],
    ['Fn::Sub', { 'Fn::Sub': '${Text}/${AWS::Region}/${Queue.Arn}' }, `hello/us-east-1/${QUEUE_ARN}`],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${A}${Text}', { A: { 'Fn::Select': [0, ['x']] } }] }, 'xhello'],
    ['Fn::Sub with a variable that hides a parameter', { 'Fn::Sub': ['${Text}', { Text: 'mine' }] }, 'mine'],
    ['Fn::Sub with a literal', { 'Fn::Sub': 'a${!Text}b' }, 'a${Text}b'],
    ['Fn::Select by number', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    ['Fn::Select by text', { 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    ['Fn::Select of false', { 'Fn::Select': [0, [false]] }, false],
    ['Fn::Split', { 'Fn::Split': ['-', 'a-b-c'] }, ['a', 'b', 'c']],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] }, 'orders'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, 1],
    ['Fn::FindInMap of a list', { 'Fn::FindInMap': ['Sizes', 'us-east-1', 'names'] }, ['x', 'y']],
    [
      'Fn::FindInMap by default',
      { 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'small', { DefaultValue: { Ref: 'Text' } }] },
      'hello',
    ],
    ['Fn::If that holds', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    ['Fn::If that does not', { 'Fn::If': ['No', 'then', { Ref: 'Text' }] }, 'hello'],
    ['Fn::If never resolves the other branch', { 'Fn::If': ['Yes', 1, { Ref: 'Nobody' }] }, 1],
    ['Fn::If and AWS::NoValue', { a: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] } }, {}],
    ['Fn::And', { 'Fn::If': ['Both', 1, 2] }, 2],
    ['Fn::Or', { 'Fn::If': ['Either', 1, 2] }, 1],
    ['Fn::Equals of a number and its text', { 'Fn::If': ['NumberLikeText', 1, 2] }, 1],
    ['Fn::Equals of lists', { 'Fn::If': ['SameLists', 1, 2] }, 1],
    ['Fn::Base64', { 'Fn::Base64': 'grüße' }, 'Z3LDvMOfZQ=='],
    ['Fn::GetAZs of here', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    ['Fn::GetAZs of elsewhere', { 'Fn::GetAZs': 'eu-west-1' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
    ['Fn::Cidr without bits', { 'Fn::Cidr': ['10.0.0.0/16', '1'] }, ['10.0.0.0/24']],
    ['Fn::Length', { 'Fn::Length': { Ref: 'List' } }, 3],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Text' } } }, '{"a":"hello"}'],
    ['a Condition key that is no condition', { Condition: 'Yes' }, { Condition: 'Yes' }],
    ['a key that JavaScript treats specially', JSON.parse('{"__proto__":{"Ref":"Text"}}'), JSON.parse('{"__proto__":"hello"}')],
  ])('%s', (_, value, expected) => {
    const { value: resolved, problems } = read(value);
    expect(resolved).toEqual(expected);
    expect(problems.filter(({ resource }) => resource.includes('Subject'))).toEqual([]);
  });

  test('a property that is AWS::NoValue is left out', () => {
    expect(read({ Ref: 'AWS::NoValue' }).properties).toEqual({});
  });
});

describe('what does not resolve is reported, and marked in its place', () => {
  test.each<[string, Json, string]>([
    ['Ref to nobody', { Ref: 'Nobody' }, '"Nobody" refers to no parameter or resource'],
    ['Ref to an inherited name', { Ref: 'constructor' }, '"constructor" refers to no parameter or resource'],
    ['Ref to a resource that is left out', { Ref: 'Absent' }, 'whose condition is false'],
    ['Ref of a list', { Ref: ['Queue'] }, 'Ref takes the name of a parameter or resource, got ["Queue"]'],
    ['an unknown pseudo parameter', { Ref: 'AWS::Moon' }, '"AWS::Moon" refers to no parameter'],
    ['a parameter without value', { Ref: 'Bare' }, 'parameter "Bare" has no default; give it: parameters: { Bare: \'…\' }'],
    ['a parameter read from SSM', { Ref: 'FromSsm' }, 'is read from the SSM parameter "/service/url" at deployment'],
    ['a parameter of the wrong shape', { Ref: 'Broken' }, 'parameter "Broken" is not declared as an object'],
    ['Fn::GetAtt of nobody', { 'Fn::GetAtt': ['Nobody', 'Arn'] }, '"Nobody.Arn" refers to no parameter or resource'],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Queue', 'Color'] },
      'attribute "Color" of Stack/Queue (AWS::SQS::Queue) is not known',
    ],
    ['an inherited attribute', { 'Fn::GetAtt': ['Queue', 'toString'] }, 'attribute "toString"'],
    ['Fn::GetAtt without attribute', { 'Fn::GetAtt': 'Queue' }, 'Fn::GetAtt takes [logicalId, attribute], got "Queue"'],
    ['Fn::Join without list', { 'Fn::Join': [',', 'a'] }, 'Fn::Join takes [delimiter, [text, …]], got [",","a"]'],
    ['Fn::Join of objects', { 'Fn::Join': [',', [{ a: 1 }]] }, 'Fn::Join takes'],
    ['Fn::Join of null', { 'Fn::Join': [',', [null]] }, 'Fn::Join takes'],
    ['Fn::Sub of a number', { 'Fn::Sub': 5 }, 'Fn::Sub takes text, or [text, {variable: value}], got 5'],
    ['Fn::Sub with a list of variables', { 'Fn::Sub': ['a', []] }, 'Fn::Sub takes'],
    ['Fn::Sub of nobody', { 'Fn::Sub': '${Nobody}' }, '"Nobody" refers to no parameter or resource'],
    ['Fn::Sub of shell syntax', { 'Fn::Sub': '${a:-b c}' }, 'Fn::Sub cannot read ${a:-b c}'],
    ['Fn::Sub of a list', { 'Fn::Sub': '${List}' }, 'Fn::Sub puts ${List} into text, but it is a list'],
    ['Fn::Select out of range', { 'Fn::Select': [2, ['a', 'b']] }, 'Fn::Select takes an index from 0 to 1 of its list'],
    ['Fn::Select of a fraction', { 'Fn::Select': [0.5, ['a', 'b']] }, 'Fn::Select takes [index, [item, …]]'],
    ['Fn::Select without list', { 'Fn::Select': [0, 'a'] }, 'Fn::Select takes'],
    ['Fn::Split without delimiter', { 'Fn::Split': ['', 'a'] }, 'Fn::Split takes [delimiter, text]'],
    ['Fn::FindInMap without map', { 'Fn::FindInMap': ['Nobody', 'a', 'b'] }, 'keys that the map has'],
    ['Fn::FindInMap of text', { 'Fn::FindInMap': 'Sizes' }, 'Fn::FindInMap takes [map, key, key], got "Sizes"'],
    ['Fn::If without condition', { 'Fn::If': ['Nobody', 1, { Ref: 'Bare' }] }, 'there is no condition "Nobody"'],
    ['Fn::If of two', { 'Fn::If': ['Yes', 1] }, 'Fn::If takes [condition, value, otherwise]'],
    ['Fn::Equals of one', { 'Fn::Equals': ['a'] }, 'Fn::Equals takes [value, value]'],
    [
      'Fn::ImportValue of nobody',
      { 'Fn::ImportValue': 'x' },
      'no stack of this app exports "x" in account 123456789012, region us-east-1',
    ],
    ['Fn::ImportValue of a list', { 'Fn::ImportValue': [] }, 'Fn::ImportValue takes the name of an export, got []'],
    [
      'Fn::GetStackOutput of nobody',
      { 'Fn::GetStackOutput': { StackName: 'A', OutputName: 'B' } },
      'this app has no stack "A" in region us-east-1',
    ],
    ['Fn::GetStackOutput of text', { 'Fn::GetStackOutput': 'A.B' }, 'Fn::GetStackOutput takes'],
    ['Fn::Base64 of a list', { 'Fn::Base64': [] }, 'Fn::Base64 takes text, got []'],
    ['Fn::GetAZs of a list', { 'Fn::GetAZs': [] }, 'Fn::GetAZs takes a region'],
    ['Fn::Cidr of IPv6', { 'Fn::Cidr': ['fd00::/48', 1, 64] }, 'Fn::Cidr takes [IPv4 block'],
    ['Fn::Length of text', { 'Fn::Length': 'abc' }, 'Fn::Length takes a list, got "abc"'],
    ['Fn::ToJsonString of text', { 'Fn::ToJsonString': 'abc' }, 'Fn::ToJsonString takes an object or a list'],
    ['Fn::Transform', { 'Fn::Transform': { Name: 'AWS::Include' } }, 'Fn::Transform is not supported'],
    ['an unknown function', { 'Fn::Magic': 1 }, 'Fn::Magic is not supported'],
  ])('%s', (_, value, reason) => {
    const { value: resolved, problems } = read(value);
    expect(problems.map((problem) => problem.reason).join('\n')).toContain(reason);
    expect(JSON.stringify(resolved)).toContain('UNRESOLVED(');
  });

  test('a problem names stack, resource and property, however deep inside a function it is', () => {
    const { problems } = read({ Variables: [{ 'Fn::Join': ['', ['a', { 'Fn::Sub': '${Nobody}' }]] }] });
    expect(problems).toEqual([
      {
        stack: 'Stack',
        resource: 'Stack/Subject (Test::Subject)',
        property: 'Value.Variables.0',
        reason: '"Nobody" refers to no parameter or resource of this template, or to one whose condition is false',
      },
    ]);
  });

  test('a function that stands beside other keys keeps those', () => {
    const { value, problems } = read({ 'Fn::Join': ['', []], kept: { Ref: 'Text' } });
    expect(value).toEqual({ 'Fn::Join': 'UNRESOLVED(Fn_Join)', kept: 'hello' });
    expect(problems[0].reason).toBe('Fn::Join stands beside ["kept"]; it must be the only key of its object');
  });

  test('a property that refers to an unknown value twice is one problem', () => {
    const { value, problems } = read({ 'Fn::Join': ['/', [{ Ref: 'Nobody' }, { Ref: 'Nobody' }]] });
    expect(value).toBe('UNRESOLVED(Nobody)/UNRESOLVED(Nobody)');
    expect(problems).toHaveLength(1);
  });

  test('one unknown value is one problem, not one for each function around it', () => {
    const { value, problems } = read({ 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Color'] }] }] });
    expect(value).toBe('UNRESOLVED(Queue.Color)');
    expect(problems).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['NoCondition', 'a condition is made of Fn::Equals, Fn::And, Fn::Or and Fn::Not, got "yes"'],
    ['NotOfTwo', 'Fn::Not takes [condition]'],
    ['AndOfOne', 'Fn::And takes at least two conditions'],
    ['AndOfText', 'Fn::And takes at least two conditions'],
  ])('condition %s counts as false', (name, reason) => {
    const { value, problems } = read({ 'Fn::If': [name, 1, 2] });
    expect(value).toBe(2);
    expect(problems).toContainEqual(
      expect.objectContaining({ resource: `condition ${name}`, reason: expect.stringContaining(reason) }),
    );
  });

  test('a condition on itself is reported', () => {
    const reasons = read({ 'Fn::If': ['Circular', 1, 2] }).problems.map(({ reason }) => reason);
    expect(reasons).toEqual([
      'the value depends on itself: Stack: condition Circular -> Stack: condition Circular; break the cycle',
    ]);
  });

  test.each<[string, Json, string]>([
    ['written out', '{{resolve:ssm:/a}}', '{{resolve:ssm:/a}}'],
    [
      'put together',
      { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Text' }, ':SecretString}}']] },
      '{{resolve:secretsmanager:hello:SecretString}}',
    ],
    ['chosen by a condition', { 'Fn::If': ['Yes', { a: '{{resolve:ssm:/a}}' }, ''] }, '{{resolve:ssm:/a}}'],
  ])('a dynamic reference, %s, stays as it is', (_, value, reference) => {
    const { value: resolved, problems } = read(value);
    expect(JSON.stringify(resolved)).toContain(reference);
    expect(problems.map(({ reason }) => reason)).toEqual([
      `${reference} is looked up by CloudFormation at deployment; it stays as it is, give a plain value to run it here`,
    ]);
  });
});
