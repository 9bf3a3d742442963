import { lambdaFunctions, readTemplate } from '../../../local/assembly';
import type { JsonObject } from '../../../local/assembly/json';

function read(properties: JsonObject) {
  const template = { Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'n', ...properties } } } };
  return lambdaFunctions(readTemplate(template))[0];
}

test('what the template says', () => {
  const Environment = { Variables: { A: 'text', B: 5, C: { Ref: 'AWS::Region' } } };
  const fn = read({
    Runtime: 'python3.12',
    Handler: 'app.main',
    Timeout: 30,
    MemorySize: 512,
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
    logicalId: 'Fn',
    path: 'Stack/Fn',
  });
});

test('what Lambda takes without it', () => {
  expect(read({ Code: { ZipFile: '' } })).toMatchObject({
    environment: {},
    timeoutSeconds: 3,
    memorySize: 128,
    code: { inline: '' },
  });
});

test('numbers may be text, as parameters give them', () => {
  expect(read({ Timeout: '7', MemorySize: 'much' })).toMatchObject({ timeoutSeconds: 7, memorySize: 128 });
});

test('an image that is no asset has no directory', () => {
  expect(read({ PackageType: 'Image', Code: { ImageUri: 'repository:tag' } }).code).toEqual({ image: 'repository:tag' });
});
