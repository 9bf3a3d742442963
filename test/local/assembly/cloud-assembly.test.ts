import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AssemblyError, readAssembly } from '../../../local/assembly';

let directory: string;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
});

afterEach(() => {
  fs.rmSync(directory, { recursive: true });
});

function write(file: string, content: unknown): void {
  fs.writeFileSync(path.join(directory, file), typeof content === 'string' ? content : JSON.stringify(content));
}

function manifest(artifacts: unknown): void {
  write('manifest.json', { version: '54.0.0', artifacts });
}

const STACK = {
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/unknown-region',
  properties: { templateFile: 't.json' },
};
const ASSETS = { type: 'cdk:asset-manifest', properties: { file: 'a.assets.json' } };

function assetManifest(source: string): void {
  write('a.assets.json', { files: { h: { source: { path: source }, destinations: { d: { objectKey: 'h.zip' } } } } });
}

function expectError(message: RegExp): void {
  expect(() => readAssembly(directory)).toThrow(AssemblyError);
  expect(() => readAssembly(directory)).toThrow(message);
}

describe('what cannot be read is named, with the fix', () => {
  test('a folder that does not exist', () => {
    expect(() => readAssembly(path.join(directory, 'none'))).toThrow(
      /^cannot read .*none\/manifest\.json \(ENOENT\); run `cdk synth` first$/,
    );
  });

  test('a folder without manifest', () => {
    expectError(/^cannot read .*manifest\.json \(ENOENT\); run `cdk synth` first$/);
  });

  test.each([
    ['broken JSON', '{"version": ', /manifest\.json is no JSON: .+; run `cdk synth` again$/],
    ['a list', '[]', /manifest\.json holds no JSON object/],
    [
      'another manifest',
      '{"name": "x"}',
      /manifest\.json is no cloud assembly manifest: it has no version; run `cdk synth` first$/,
    ],
  ])('a manifest that is %s', (_, content, message) => {
    write('manifest.json', content);
    expectError(message);
  });

  test('a stack without template file', () => {
    manifest({ Orders: { ...STACK, properties: {} } });
    expectError(/manifest\.json: artifact "Orders" has no templateFile; run `cdk synth` again$/);
  });

  test('a template that is gone', () => {
    manifest({ Orders: STACK });
    expectError(/^cannot read .*t\.json \(ENOENT\); run `cdk synth` first$/);
  });

  test('a template that is broken', () => {
    manifest({ Orders: STACK });
    write('t.json', '{');
    expectError(/t\.json is no JSON/);
  });

  test('a stage that is gone', () => {
    manifest({ Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } });
    expectError(/^cannot read .*assembly-Prod\/manifest\.json/);
  });

  test('an asset manifest that is gone', () => {
    manifest({ Assets: ASSETS });
    expectError(/^cannot read .*a\.assets\.json/);
  });

  test('an asset that is gone', () => {
    manifest({ Orders: STACK, Assets: ASSETS });
    assetManifest('asset.h');
    write('t.json', {
      Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'b', S3Key: 'h.zip' } } } },
    });
    expectError(/^asset .*asset\.h does not exist; run `cdk synth` again$/);
  });

  test('a nested template that is broken', () => {
    manifest({ Orders: STACK, Assets: ASSETS });
    assetManifest('nested.json');
    write('nested.json', '{');
    write('t.json', {
      Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3/b/h.zip' } } },
    });
    expectError(/nested\.json is no JSON/);
  });
});

test('a nested stack that contains itself is left out', () => {
  const nested = { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3/b/h.zip' } } } };
  manifest({ Orders: STACK, Assets: ASSETS });
  assetManifest('nested.json');
  write('nested.json', nested);
  write('t.json', nested);
  const { stacks, problems } = readAssembly(directory);
  expect(stacks.map(({ path: stackPath }) => stackPath)).toEqual(['Orders', 'Orders/N']);
  expect(problems.map(({ stack, reason }) => [stack, reason])).toEqual([
    ['Orders/N', 'template "https://s3/b/h.zip" contains itself; the resources of this nested stack are left out'],
  ]);
});

test('construct paths of older assemblies stand in the manifest itself', () => {
  manifest({ Orders: { ...STACK, metadata: { '/Orders/Queue/Resource': [{ type: 'aws:cdk:logicalId', data: 'Queue1' }] } } });
  write('t.json', { Resources: { Queue1: { Type: 'AWS::SQS::Queue' } } });
  expect(readAssembly(directory).resources[0].path).toBe('Orders/Queue');
});
