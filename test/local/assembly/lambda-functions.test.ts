import { lambdaFunctions, readTemplate } from '../../../local/assembly';
import type { JsonObject } from '../../../local/assembly/json';

function read(properties: JsonObject, parameters: JsonObject = {}) {
  const template = {
    Parameters: parameters,
    Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'n', ...properties } } },
  };
  return lambdaFunctions(readTemplate(template))[0];
}

test('what the template says', () => {
  const Environment = { Variables: { A: 'text', B: 5, C: { Ref: 'AWS::Region' } } };
  const fn = read({
    Runtime: 'python3.12',
    Handler: 'app.main',
    Timeout: 30,
    MemorySize: 512,
    ReservedConcurrentExecutions: 0,
    Layers: ['arn:aws:lambda:us-east-1:1:layer:tools:1'],
    Environment,
    Code: { ZipFile: 'x' },
  });
  expect(fn).toEqual({
    name: 'n',
    arn: 'arn:aws:lambda:us-east-1:123456789012:function:n',
    runtime: 'python3.12',
    handler: 'app.main',
    code: { inline: 'x' },
    environment: { A: 'text', B: '5', C: 'us-east-1' },
    timeoutSeconds: 30,
    memorySize: 512,
    reservedConcurrency: 0,
    layers: ['arn:aws:lambda:us-east-1:1:layer:tools:1'],
    unresolved: [],
    logicalId: 'Fn',
    path: 'Stack/Fn',
  });
});

test('what the template leaves to Lambda is absent', () => {
  expect(read({ Code: { ZipFile: '' } })).toMatchObject({
    environment: {},
    timeoutSeconds: undefined,
    memorySize: undefined,
    reservedConcurrency: undefined,
    layers: [],
    unresolved: [],
    code: { inline: '' },
  });
});

test('what the handler runs with and cannot be resolved is told, with its property and reason', () => {
  const parameter = (name: string) => ({ Ref: name });
  const { environment, unresolved } = read(
    {
      Environment: { Variables: { KNOWN: 'a', KEY: parameter('Key'), SECRET: '{{resolve:ssm:secret}}' } },
      Handler: parameter('Entry'),
      Role: parameter('Role'),
      Code: { ZipFile: '' },
    },
    { Key: { Type: 'String' }, Entry: { Type: 'String' }, Role: { Type: 'String' } },
  );
  expect(environment.KEY).toMatch(/^UNRESOLVED\(/);
  expect(unresolved.map(({ property }) => property).sort()).toEqual([
    'Environment.Variables.KEY',
    'Environment.Variables.SECRET',
    'Handler',
  ]);
  expect(unresolved.find(({ property }) => property.endsWith('KEY'))!.reason).toMatch(/^parameter "Key" has no default/);
});

test("a variable made of another resource's unresolved name is unresolved too", () => {
  const [fn] = lambdaFunctions(
    readTemplate({
      Parameters: { Name: { Type: 'String' } },
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' } } },
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { ZipFile: '' }, Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } },
        },
        Other: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: '' } } },
      },
    }),
  );
  expect(fn.unresolved).toEqual([
    {
      property: 'Environment.Variables.QUEUE',
      reason: `it depends on what could not be resolved either, ${fn.environment.QUEUE}`,
    },
  ]);
});

test('numbers may be text, as parameters give them', () => {
  expect(read({ Timeout: '7', MemorySize: 'much' })).toMatchObject({ timeoutSeconds: 7, memorySize: undefined });
});

test('an image that is no asset has no directory', () => {
  expect(read({ PackageType: 'Image', Code: { ImageUri: 'repository:tag' } }).code).toEqual({ image: 'repository:tag' });
});
