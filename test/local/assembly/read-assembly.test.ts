import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  App,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  CfnResource,
  aws_dynamodb as dynamodb,
  aws_ecr_assets as ecrAssets,
  Fn,
  aws_lambda as lambda,
  NestedStack,
  Stack,
  Stage,
  aws_stepfunctions as sfn,
  aws_sqs as sqs,
  aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { type Assembly, lambdaFunctions, readAssembly, stateMachines } from '../../../local/assembly';

let root: string;

beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
});

afterAll(() => {
  fs.rmSync(root, { recursive: true });
});

/** Synthesizes an app and reads it back. */
function synthesize(name: string, build: (app: App) => void, context: { [key: string]: unknown } = {}): Assembly {
  const outdir = path.join(root, name);
  const app = new App({ outdir, context });
  build(app);
  app.synth();
  return readAssembly(outdir);
}

function handlerDirectory(): string {
  const directory = path.join(root, 'handler');
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, 'index.js'), 'exports.handler = async () => 1;');
  return directory;
}

function handler(scope: Stack, id: string, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  const code = lambda.Code.fromAsset(handlerDirectory());
  return new lambda.Function(scope, id, { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code, ...props });
}

function machine(
  scope: Stack,
  id: string,
  definition: sfn.IChainable,
  props: Partial<sfn.StateMachineProps> = {},
): sfn.StateMachine {
  return new sfn.StateMachine(scope, id, { definitionBody: sfn.DefinitionBody.fromChainable(definition), ...props });
}

describe('one stack', () => {
  let assembly: Assembly;

  beforeAll(() => {
    assembly = synthesize('one', (app) => {
      const stack = new Stack(app, 'Orders');
      const queue = new sqs.Queue(stack, 'Queue');
      const fn = handler(stack, 'Fn', { environment: { QUEUE: queue.queueUrl } });
      machine(stack, 'Machine', new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: fn }), { tracingEnabled: true });
      const definition = path.join(root, 'definition.asl.json');
      fs.writeFileSync(
        definition,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of DefinitionSubstitutions
        '{"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": ${seconds}, "End": true}}}',
      );
      new sfn.StateMachine(stack, 'FromFile', {
        stateMachineName: 'from-file',
        stateMachineType: sfn.StateMachineType.EXPRESS,
        definitionBody: sfn.DefinitionBody.fromFile(definition),
        definitionSubstitutions: { seconds: '5' },
      });
    });
  });

  test('nothing is left unresolved', () => {
    expect(assembly.problems).toEqual([]);
  });

  test('the stack has the default environment', () => {
    expect(assembly.stacks).toEqual([
      { id: 'Orders', name: 'Orders', path: 'Orders', region: 'us-east-1', account: '123456789012' },
    ]);
  });

  test('a definition names the function that it invokes', () => {
    const [fn] = lambdaFunctions(assembly);
    const found = stateMachines(assembly).find(({ path: constructPath }) => constructPath === 'Orders/Machine')!;
    expect(found.type).toBe('STANDARD');
    expect(found.arn).toBe(`arn:aws:states:us-east-1:123456789012:stateMachine:${found.name}`);
    expect(found.tracingConfiguration).toEqual({ Enabled: true });
    expect(assembly.byArn(found.roleArn!)?.path).toBe('Orders/Machine/Role');
    expect(JSON.parse(found.definition!).States.Invoke).toMatchObject({
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: fn.arn },
    });
  });

  test('a definition in a file is found by its hash, and substituted before it is parsed', () => {
    const found = stateMachines(assembly).find(({ name }) => name === 'from-file')!;
    expect(found.type).toBe('EXPRESS');
    expect(JSON.parse(found.definition!).States.Wait.Seconds).toBe(5);
  });

  test('a function has its code on this machine', () => {
    const [fn] = lambdaFunctions(assembly);
    expect(fn).toMatchObject({
      runtime: 'nodejs20.x',
      handler: 'index.handler',
      path: 'Orders/Fn',
    });
    expect(fs.readdirSync((fn.code as { directory: string }).directory)).toEqual(['index.js']);
    const [queue] = assembly.ofType('AWS::SQS::Queue');
    expect(fn.environment).toEqual({ QUEUE: queue.physicalId });
  });
});

test('paths come from the template when the CLI asked for them there', () => {
  const context = { 'aws:cdk:enable-path-metadata': true };
  const assembly = synthesize('path-metadata', (app) => new sqs.Queue(new Stack(app, 'Orders'), 'Queue'), context);
  const [queue] = assembly.ofType('AWS::SQS::Queue');
  expect(queue.path).toBe('Orders/Queue');
  expect(queue.metadata['aws:cdk:path']).toBe('Orders/Queue/Resource');
});

describe('stacks that refer to each other', () => {
  test('by exports and imports', () => {
    const assembly = synthesize('two', (app) => {
      const table = new dynamodb.Table(new Stack(app, 'Data'), 'Table', {
        partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      });
      handler(new Stack(app, 'Service'), 'Fn', { environment: { TABLE: table.tableName, TABLE_ARN: table.tableArn } });
    });
    const [table] = assembly.ofType('AWS::DynamoDB::Table');
    expect(assembly.problems).toEqual([]);
    expect(lambdaFunctions(assembly)[0].environment).toEqual({ TABLE: table.physicalId, TABLE_ARN: table.arn });
  });

  test('by output name, as weak references do', () => {
    const assembly = synthesize('outputs', (app) => {
      const data = new Stack(app, 'Data', { env: { region: 'eu-west-1', account: '111111111111' } });
      new CfnOutput(data, 'Url', { value: new sqs.Queue(data, 'Queue', { queueName: 'orders' }).queueUrl });
      const service = new Stack(app, 'Service', { env: { region: 'us-east-2', account: '111111111111' } });
      new CfnResource(service, 'Reader', {
        type: 'Test::Reader',
        properties: {
          ByName: { 'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Url', Region: 'eu-west-1' } },
          ByArn: {
            'Fn::GetStackOutput': {
              StackName: 'arn:aws:cloudformation:eu-west-1:111111111111:stack/Data/*',
              OutputName: 'Url',
              Region: 'eu-west-1',
            },
          },
          OtherRegion: { 'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Url' } },
          NoOutput: { 'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Nobody', Region: 'eu-west-1' } },
        },
      });
    });
    const url = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders';
    expect(assembly.ofType('Test::Reader')[0].properties).toEqual({
      ByName: url,
      ByArn: url,
      OtherRegion: 'UNRESOLVED(Data.Url)',
      NoOutput: 'UNRESOLVED(Data.Nobody)',
    });
    expect(assembly.problems.map(({ property, reason }) => [property, reason])).toEqual([
      ['OtherRegion', 'this app has no stack "Data" in region us-east-2; add it to the app'],
      ['NoOutput', 'stack "Data" has no output "Nobody"; add it'],
    ]);
  });

  test('an export counts in its own region only', () => {
    const assembly = synthesize('regions', (app) => {
      for (const region of ['eu-west-1', 'us-east-1']) {
        const stack = new Stack(app, `Data-${region}`, { env: { region, account: '111111111111' } });
        new CfnOutput(stack, 'Out', { value: region, exportName: 'shared' });
        new CfnResource(stack, 'Reader', { type: 'Test::Reader', properties: { Value: Fn.importValue('shared') } });
      }
    });
    expect(assembly.problems).toEqual([]);
    expect(assembly.ofType('Test::Reader').map(({ properties }) => properties.Value)).toEqual(['eu-west-1', 'us-east-1']);
  });
});

describe('a stage', () => {
  let assembly: Assembly;

  beforeAll(() => {
    assembly = synthesize('stage', (app) => {
      const stage = new Stage(app, 'Prod', { env: { region: 'eu-west-1', account: '111111111111' } });
      const fn = handler(new Stack(stage, 'Functions'), 'Fn');
      const stack = new Stack(stage, 'Workflow');
      machine(stack, 'Machine', new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: fn }));
    });
  });

  test('its stacks have their names, paths and environment', () => {
    expect(assembly.stacks.map(({ name, path: stackPath, region, account }) => ({ name, stackPath, region, account }))).toEqual([
      { name: 'Prod-Functions', stackPath: 'Prod/Functions', region: 'eu-west-1', account: '111111111111' },
      { name: 'Prod-Workflow', stackPath: 'Prod/Workflow', region: 'eu-west-1', account: '111111111111' },
    ]);
  });

  test('one imports from the other', () => {
    const [fn] = lambdaFunctions(assembly);
    expect(fn.arn).toMatch(/^arn:aws:lambda:eu-west-1:111111111111:function:Prod-Functions-/);
    expect(JSON.parse(stateMachines(assembly)[0].definition!).States.Invoke.Parameters.FunctionName).toBe(fn.arn);
    expect(assembly.problems).toEqual([]);
  });

  test('its assets, which lie beside the folder of the stage, are found', () => {
    const [{ code }] = lambdaFunctions(assembly);
    expect(fs.existsSync(path.join((code as { directory: string }).directory, 'index.js'))).toBe(true);
  });
});

describe('nested stacks', () => {
  let assembly: Assembly;

  beforeAll(() => {
    assembly = synthesize('nested', (app) => {
      const stack = new Stack(app, 'Orders');
      // takes the name of the queue before the stack that makes the queue is read
      const reader = new NestedStack(stack, 'Reader');
      const writer = new NestedStack(stack, 'Writer');
      const queue = new sqs.Queue(writer, 'Queue');
      machine(reader, 'Machine', new sfn.Pass(reader, 'Pass', { parameters: { queue: queue.queueName } }));
      machine(stack, 'Machine', new sfn.Pass(stack, 'Pass', { parameters: { queue: queue.queueArn } }));
    });
  });

  test('each is a stack of its own', () => {
    expect(assembly.stacks.map(({ path: stackPath }) => stackPath)).toEqual(['Orders', 'Orders/Reader', 'Orders/Writer']);
    expect(assembly.problems).toEqual([]);
  });

  test('outputs reach the parent, parameters the sibling', () => {
    const [queue] = assembly.ofType('AWS::SQS::Queue');
    const queues = stateMachines(assembly).map(({ path: machinePath, definition }) => [
      machinePath,
      JSON.parse(definition!).States.Pass.Parameters.queue,
    ]);
    expect(queues).toEqual([
      ['Orders/Machine', queue.arn],
      ['Orders/Reader/Machine', queue.arn!.split(':')[5]],
    ]);
  });

  test('the id of the stack is the same from inside and from outside', () => {
    const nested = synthesize('nested-id', (app) => {
      const stack = new Stack(app, 'Orders');
      const inner = new NestedStack(stack, 'Inner');
      new CfnResource(inner, 'Probe', {
        type: 'Test::Probe',
        properties: { Inside: { Ref: 'AWS::StackId' } },
      });
    });
    const [outside] = nested.ofType('AWS::CloudFormation::Stack');
    expect(nested.ofType('Test::Probe')[0].properties.Inside).toBe(outside.physicalId);
  });
});

describe('conditions, parameters and mappings', () => {
  function build(app: App): void {
    const stack = new Stack(app, 'Orders', { env: { region: 'eu-west-1', account: '111111111111' } });
    const size = new CfnParameter(stack, 'Size', { default: 'small' });
    const isLarge = new CfnCondition(stack, 'IsLarge', { expression: Fn.conditionEquals(size.valueAsString, 'large') });
    const mapping = new CfnMapping(stack, 'Delays', { mapping: { 'eu-west-1': { seconds: 7 } } });
    const dead = new sqs.CfnQueue(stack, 'Dead');
    dead.cfnOptions.condition = isLarge;
    new sqs.CfnQueue(stack, 'Queue', {
      queueName: Fn.join('-', ['orders', size.valueAsString]),
      delaySeconds: mapping.findInMap(stack.region, 'seconds') as unknown as number,
      redrivePolicy: Fn.conditionIf(isLarge.logicalId, { deadLetterTargetArn: dead.attrArn }, { Ref: 'AWS::NoValue' }),
    });
  }

  test('the default decides', () => {
    const assembly = synthesize('conditions', build);
    expect(assembly.problems).toEqual([]);
    expect(assembly.resources.map(({ logicalId }) => logicalId)).toEqual(['Queue']);
    expect(assembly.resources[0].properties).toEqual({ QueueName: 'orders-small', DelaySeconds: 7 });
  });

  test('a given value decides otherwise', () => {
    synthesize('conditions-given', build);
    const assembly = readAssembly(path.join(root, 'conditions-given'), { parameters: { 'Orders:Size': 'large' } });
    const [dead, queue] = assembly.ofType('AWS::SQS::Queue');
    expect(queue.properties).toMatchObject({ QueueName: 'orders-large', RedrivePolicy: { deadLetterTargetArn: dead.arn } });
  });
});

describe('code of functions', () => {
  let assembly: Assembly;

  beforeAll(() => {
    assembly = synthesize('code', (app) => {
      const stack = new Stack(app, 'Orders');
      const zip = path.join(root, 'code.zip');
      fs.writeFileSync(zip, 'PK');
      fs.writeFileSync(path.join(handlerDirectory(), 'Dockerfile'), 'FROM scratch');
      handler(stack, 'Zip', { code: lambda.Code.fromAsset(zip) });
      handler(stack, 'Inline', { code: lambda.Code.fromInline('exports.handler = 1') });
      handler(stack, 'Bucket', { code: new lambda.S3Code({ bucketName: 'b', bucketArn: 'arn:aws:s3:::b' } as never, 'k.zip') });
      new lambda.DockerImageFunction(stack, 'Image', { code: lambda.DockerImageCode.fromImageAsset(handlerDirectory()) });
      const image = new ecrAssets.DockerImageAsset(stack, 'Worker', { directory: handlerDirectory(), file: 'Dockerfile' });
      new CfnResource(stack, 'Container', { type: 'Test::Container', properties: { Image: image.imageUri } });
    });
  });

  function code(name: string) {
    return lambdaFunctions(assembly).find(({ path: functionPath }) => functionPath === `Orders/${name}`)!.code;
  }

  test('a zip file is given as it is', () => {
    expect(fs.readFileSync((code('Zip') as { zipFile: string }).zipFile, 'utf8')).toBe('PK');
  });

  test('inline code is given as text', () => {
    expect(code('Inline')).toEqual({ inline: 'exports.handler = 1' });
  });

  test('code in a bucket is not on this machine', () => {
    expect(code('Bucket')).toEqual({ s3: 's3://b/k.zip' });
    expect(assembly.problems).toEqual([
      {
        stack: 'Orders',
        resource: 'Orders/Bucket (AWS::Lambda::Function)',
        property: 'Code',
        reason: 's3://b/k.zip is not an asset of this app, so it is not on this machine; use an asset',
      },
    ]);
  });

  test('an image comes with the directory it is built from', () => {
    const image = code('Image') as { image: string; directory: string };
    expect(image.image).toMatch(/^123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com\/cdk-.*:[0-9a-f]{64}$/);
    expect(fs.readdirSync(image.directory)).toContain('Dockerfile');
    const fn = lambdaFunctions(assembly).find(({ path: functionPath }) => functionPath === 'Orders/Image')!;
    expect([fn.runtime, fn.handler]).toEqual([undefined, undefined]);
  });

  test('so does the image of a container', () => {
    const [container] = assembly.ofType('Test::Container');
    const image = assembly.assets.image(container.properties.Image as string)!;
    expect(fs.existsSync(path.join(image.directory, image.dockerFile))).toBe(true);
    expect(assembly.assets.image('public.ecr.aws/nginx/nginx:latest')).toBeUndefined();
  });
});

test('a schema of the future is read all the same', () => {
  synthesize('future', (app) => new sqs.Queue(new Stack(app, 'Orders'), 'Queue', { queueName: 'orders' }));
  const file = path.join(root, 'future', 'manifest.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  manifest.version = '999.0.0';
  manifest.artifacts.Unheard = { type: 'cdk:unheard', properties: { a: 1 } };
  fs.writeFileSync(file, JSON.stringify(manifest));
  expect(readAssembly(path.join(root, 'future')).resources.map(({ arn }) => arn)).toEqual([
    'arn:aws:sqs:us-east-1:123456789012:orders',
  ]);
});

test('region and account are for stacks that name none', () => {
  synthesize('environments', (app) => {
    new Stack(app, 'Anywhere');
    new Stack(app, 'Somewhere', { env: { region: 'eu-west-1', account: '111111111111' } });
  });
  const { stacks } = readAssembly(path.join(root, 'environments'), { region: 'ap-south-1', account: '222222222222' });
  expect(stacks.map(({ name, region, account }) => [name, region, account])).toEqual([
    ['Anywhere', 'ap-south-1', '222222222222'],
    ['Somewhere', 'eu-west-1', '111111111111'],
  ]);
});
