import { functionConfigs, withEndpoints } from '../../../local/app/function-configs';
import { type LambdaCode, type LambdaFunctionResource, lambdaFunctions, readTemplate } from '../../../local/assembly';
import { LambdaService } from '../../../local/services/lambda/lambda-service';

function resource(more: Partial<LambdaFunctionResource>): LambdaFunctionResource {
  return {
    name: 'n',
    arn: 'arn:aws:lambda:us-east-1:123456789012:function:n',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code: { inline: '' },
    environment: {},
    layers: [],
    unresolved: [],
    logicalId: 'Fn',
    path: 'Stack/Fn',
    ...more,
  };
}

test('a function keeps what the template says of it', () => {
  const said = {
    name: 'orders',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
    runtime: 'python3.13',
    handler: 'app.main',
    code: { directory: '/app' },
    timeoutSeconds: 30,
    memorySize: 512,
    reservedConcurrency: 0,
    layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:tools:1'],
    unresolved: [{ property: 'Environment.Variables.URL', reason: 'not known' }],
  };
  expect(functionConfigs([resource(said)])).toEqual([{ ...said, environment: {} }]);
});

test('endpoints are among its variables, and its own count more', () => {
  const [config] = functionConfigs([resource({ environment: { AWS_ENDPOINT_URL_SQS: 'own' } })]);
  const { environment } = withEndpoints(config!, { sqs: 'local', events: 'local' });
  expect(environment).toEqual({ AWS_ENDPOINT_URL_SQS: 'own', AWS_ENDPOINT_URL_EVENTBRIDGE: 'local' });
});

test('the URL of a queue leads to where SQS is, and that of anything else stays', () => {
  const environment = {
    QUEUE: 'https://sqs.eu-west-1.amazonaws.com/123456789012/Orders',
    BOTH: '["https://sqs.eu-west-1.amazonaws.com/123456789012/A","https://example.com/123456789012/B"]',
  };
  const configured = (endpoints: { [service: string]: string }) =>
    withEndpoints(functionConfigs([resource({ environment })])[0]!, endpoints).environment;

  expect(configured({ sqs: 'http://127.0.0.1:1' })).toMatchObject({
    QUEUE: 'http://127.0.0.1:1/123456789012/Orders',
    BOTH: '["http://127.0.0.1:1/123456789012/A","https://example.com/123456789012/B"]',
  });
  expect(configured({})).toEqual(environment);
});

test.each<[LambdaCode, string]>([
  [{ directory: '/app' }, '/app'],
  [{ zipFile: '/app.zip' }, '/app.zip'],
  [{ image: 'repository:tag', directory: '/image' }, 'repository:tag'],
  [{ s3: 's3://bucket/key' }, 's3://bucket/key'],
])('code %j lies at %s', (code, directory) => {
  expect(functionConfigs([resource({ code })])[0]!.code).toEqual({ directory });
});

test('a container image is a runtime of its own name, which does not run here', () => {
  const code = { image: 'repository:tag' };
  const [config] = functionConfigs([resource({ code, runtime: undefined, handler: undefined })]);
  expect(config).toMatchObject({ runtime: 'container image', handler: '' });
});

describe('from a template to the service', () => {
  const parameters = { Url: { Type: 'String' } };
  const fn = (properties: object) => ({
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: '' }, ...properties },
  });
  const Resources = {
    Plain: fn({ FunctionName: 'plain', Role: { Ref: 'Url' } }),
    Layered: fn({ FunctionName: 'layered', Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:tools:1'] }),
    Unresolved: fn({ FunctionName: 'unresolved', Environment: { Variables: { URL: { Ref: 'Url' } } } }),
    Closed: fn({ FunctionName: 'closed', ReservedConcurrentExecutions: 0 }),
  };
  const functions = functionConfigs(lambdaFunctions(readTemplate({ Parameters: parameters, Resources })));
  const service = new LambdaService({ region: 'us-east-1', accountId: '123456789012', functions });
  const unsupported = (name: string) => service.unsupported(service.find(name)!);

  test('a function whose role alone is not known runs', () => {
    expect(unsupported('plain')).toBeUndefined();
  });

  test('layers are refused by name', () => {
    expect(unsupported('layered')).toMatch(
      /^function 'layered': layers do not run locally, it has 'arn:.*:layer:tools:1'; bundle/,
    );
  });

  test('a variable that is not known is refused by name', () => {
    expect(unsupported('unresolved')).toMatch(
      /^function 'unresolved': Environment\.Variables\.URL could not be resolved: parameter "Url" has no default; /,
    );
  });

  test('a reserved concurrency of 0 throttles', async () => {
    await expect(service.invoke({ functionName: 'closed', payload: {} })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
  });
});
