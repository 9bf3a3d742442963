import { readTemplate } from '../../../local/assembly';
import type { Json, JsonObject } from '../../../local/assembly/json';

const ACCOUNT = '123456789012';

/** The resource under the logical id It, with what refers to it. */
function read(type: string, properties: JsonObject = {}, references: { [name: string]: Json } = {}, options = {}) {
  const template = {
    Resources: {
      It: { Type: type, Properties: properties },
      Observer: { Type: 'Test::Observer', Properties: references },
    },
  };
  const assembly = readTemplate(template, { stackName: 'Shop', ...options });
  return { it: assembly.ofType(type)[0], seen: assembly.ofType('Test::Observer')[0].properties, problems: assembly.problems };
}

describe('a name given by the user is honoured', () => {
  test.each<[string, JsonObject, string, string | undefined]>([
    [
      'AWS::StepFunctions::StateMachine',
      { StateMachineName: 'n' },
      `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:n`,
      `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:n`,
    ],
    ['AWS::StepFunctions::StateMachineVersion', { StateMachineArn: 'arn:m' }, 'arn:m:1', 'arn:m:1'],
    [
      'AWS::StepFunctions::StateMachineAlias',
      { Name: 'live', RoutingConfiguration: [{ StateMachineVersionArn: 'arn:m:1', Weight: 100 }] },
      'arn:m:live',
      'arn:m:live',
    ],
    [
      'AWS::StepFunctions::StateMachineAlias',
      { Name: 'live', DeploymentPreference: { StateMachineVersionArn: 'arn:m:1', Type: 'ALL_AT_ONCE' } },
      'arn:m:live',
      'arn:m:live',
    ],
    [
      'AWS::StepFunctions::Activity',
      { Name: 'n' },
      `arn:aws:states:us-east-1:${ACCOUNT}:activity:n`,
      `arn:aws:states:us-east-1:${ACCOUNT}:activity:n`,
    ],
    ['AWS::Lambda::Function', { FunctionName: 'n' }, 'n', `arn:aws:lambda:us-east-1:${ACCOUNT}:function:n`],
    [
      'AWS::Lambda::Version',
      { FunctionName: 'f' },
      `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f:1`,
      `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f:1`,
    ],
    ['AWS::Lambda::Alias', { FunctionName: 'arn:x:f', Name: 'live' }, 'arn:x:f:live', 'arn:x:f:live'],
    ['AWS::IAM::Role', { RoleName: 'n', Path: '/team/' }, 'n', `arn:aws:iam::${ACCOUNT}:role/team/n`],
    [
      'AWS::IAM::ManagedPolicy',
      { ManagedPolicyName: 'n' },
      `arn:aws:iam::${ACCOUNT}:policy/n`,
      `arn:aws:iam::${ACCOUNT}:policy/n`,
    ],
    ['AWS::Logs::LogGroup', { LogGroupName: '/a/b' }, '/a/b', `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/a/b:*`],
    ['AWS::KMS::Alias', { AliasName: 'alias/k' }, 'alias/k', `arn:aws:kms:us-east-1:${ACCOUNT}:alias/k`],
    ['AWS::S3::Bucket', { BucketName: 'b' }, 'b', 'arn:aws:s3:::b'],
    [
      'AWS::SQS::Queue',
      { QueueName: 'q' },
      `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/q`,
      `arn:aws:sqs:us-east-1:${ACCOUNT}:q`,
    ],
    ['AWS::SNS::Topic', { TopicName: 't' }, `arn:aws:sns:us-east-1:${ACCOUNT}:t`, `arn:aws:sns:us-east-1:${ACCOUNT}:t`],
    ['AWS::DynamoDB::Table', { TableName: 't' }, 't', `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/t`],
    ['AWS::Events::Rule', { Name: 'r' }, 'r', `arn:aws:events:us-east-1:${ACCOUNT}:rule/r`],
    [
      'AWS::Events::Rule',
      { Name: 'r', EventBusName: 'arn:x:event-bus/b' },
      'b|r',
      `arn:aws:events:us-east-1:${ACCOUNT}:rule/b/r`,
    ],
    ['AWS::Events::EventBus', { Name: 'b' }, 'b', `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/b`],
    ['AWS::Scheduler::Schedule', { Name: 's', GroupName: 'g' }, 's', `arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule/g/s`],
    ['AWS::ECS::Cluster', { ClusterName: 'c' }, 'c', `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/c`],
    [
      'AWS::ECS::Service',
      { ServiceName: 's', Cluster: 'arn:x:cluster/c' },
      `arn:aws:ecs:us-east-1:${ACCOUNT}:service/c/s`,
      `arn:aws:ecs:us-east-1:${ACCOUNT}:service/c/s`,
    ],
    [
      'AWS::ECS::TaskDefinition',
      { Family: 'f' },
      `arn:aws:ecs:us-east-1:${ACCOUNT}:task-definition/f:1`,
      `arn:aws:ecs:us-east-1:${ACCOUNT}:task-definition/f:1`,
    ],
    ['AWS::ApiGatewayV2::Stage', { StageName: '$default' }, '$default', undefined],
    ['AWS::CloudWatch::Alarm', { AlarmName: 'a' }, 'a', `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:a`],
    ['AWS::SSM::Parameter', { Name: '/a/b' }, '/a/b', `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/a/b`],
    ['AWS::SES::EmailIdentity', { EmailIdentity: 'a@b.c' }, 'a@b.c', `arn:aws:ses:us-east-1:${ACCOUNT}:identity/a@b.c`],
  ])('%s %j', (type, properties, ref, arn) => {
    const { it, problems } = read(type, properties);
    expect(it.physicalId).toBe(ref);
    expect(it.arn).toBe(arn);
    expect(problems).toEqual([]);
  });
});

describe('a name not given is shaped as CloudFormation shapes it', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['AWS::Lambda::Function', {}, /^Shop-It-[A-Z0-9]{12}$/],
    ['AWS::StepFunctions::StateMachine', {}, /:stateMachine:It-[A-Z0-9]{12}$/],
    ['AWS::S3::Bucket', {}, /^shop-it-[a-z0-9]{12}$/],
    ['AWS::SQS::Queue', { FifoQueue: true }, /\/Shop-It-[A-Z0-9]{12}\.fifo$/],
    ['AWS::SecretsManager::Secret', {}, /:secret:It-[A-Z0-9]{12}-[a-z0-9]{6}$/],
    ['AWS::KMS::Key', {}, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/],
    ['AWS::ApiGatewayV2::Api', {}, /^[a-z0-9]{10}$/],
    ['AWS::EC2::VPC', {}, /^vpc-[0-9a-f]{17}$/],
    ['Custom::Unheard', {}, /^Shop-It-[A-Z0-9]{12}$/],
  ])('%s %j', (type, properties, shape) => {
    expect(read(type, properties).it.physicalId).toMatch(shape);
  });

  test('the same app gives the same name again, another stack another', () => {
    const name = (stackName: string) => read('AWS::Lambda::Function', {}, {}, { stackName }).it.physicalId;
    expect(name('Shop')).toBe(name('Shop'));
    expect(name('Shop').slice(-12)).not.toBe(name('Pohs').slice(-12));
  });

  test.each<[string, number]>([
    ['AWS::Lambda::Function', 64],
    ['AWS::IAM::Role', 64],
    ['AWS::S3::Bucket', 63],
    ['AWS::Events::Rule', 64],
  ])('%s has at most %i characters', (type, limit) => {
    const { it } = read(type, {}, {}, { stackName: 'S'.repeat(120) });
    expect(it.physicalId.length).toBeLessThanOrEqual(limit);
  });
});

describe('attributes', () => {
  test.each<[string, JsonObject, string, RegExp | Json]>([
    ['AWS::StepFunctions::StateMachine', { StateMachineName: 'n' }, 'Name', 'n'],
    ['AWS::StepFunctions::StateMachine', {}, 'Arn', /^arn:aws:states:.*:stateMachine:It-/],
    ['AWS::StepFunctions::StateMachine', {}, 'StateMachineRevisionId', /^[0-9a-f-]{36}$/],
    ['AWS::StepFunctions::Activity', { Name: 'n' }, 'Name', 'n'],
    ['AWS::Lambda::Function', { FunctionName: 'f' }, 'Arn', `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`],
    ['AWS::Lambda::Version', { FunctionName: 'f' }, 'Version', '1'],
    ['AWS::Lambda::Url', { TargetFunctionArn: 'f' }, 'FunctionUrl', /^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/],
    ['AWS::Lambda::EventSourceMapping', {}, 'EventSourceMappingArn', /:event-source-mapping:[0-9a-f-]{36}$/],
    ['AWS::IAM::Role', { RoleName: 'r' }, 'Arn', `arn:aws:iam::${ACCOUNT}:role/r`],
    ['AWS::KMS::Key', {}, 'Arn', /^arn:aws:kms:us-east-1:123456789012:key\/[0-9a-f-]{36}$/],
    ['AWS::S3::Bucket', { BucketName: 'b' }, 'RegionalDomainName', 'b.s3.us-east-1.amazonaws.com'],
    ['AWS::SQS::Queue', { QueueName: 'q' }, 'QueueName', 'q'],
    ['AWS::SQS::Queue', { QueueName: 'q' }, 'QueueUrl', `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/q`],
    ['AWS::SNS::Topic', { TopicName: 't' }, 'TopicName', 't'],
    ['AWS::SNS::Subscription', { TopicArn: 'arn:t' }, 'Arn', /^arn:t:[0-9a-f-]{36}$/],
    [
      'AWS::DynamoDB::Table',
      { TableName: 't', StreamSpecification: { StreamViewType: 'KEYS_ONLY' } },
      'StreamArn',
      /:table\/t\/stream\/2/,
    ],
    ['AWS::Events::EventBus', { Name: 'b' }, 'Name', 'b'],
    ['AWS::ECS::Service', { ServiceName: 's' }, 'Name', 's'],
    ['AWS::ECR::Repository', { RepositoryName: 'r' }, 'RepositoryUri', `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/r`],
    [
      'AWS::ApplicationAutoScaling::ScalableTarget',
      { ResourceId: 'service/c/s', ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: 'ecs' },
      'Id',
      'service/c/s|ecs:service:DesiredCount|ecs',
    ],
    ['AWS::ApiGatewayV2::Api', {}, 'ApiEndpoint', /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/],
    ['AWS::ApiGateway::RestApi', {}, 'RootResourceId', /^[a-z0-9]{10}$/],
    ['AWS::SSM::Parameter', { Value: 'v' }, 'Value', 'v'],
    ['AWS::SecretsManager::Secret', { Name: 's' }, 'Id', /:secret:s-[a-z0-9]{6}$/],
    ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }, 'CidrBlock', '10.0.0.0/16'],
    ['AWS::EC2::SecurityGroup', {}, 'GroupId', /^sg-[0-9a-f]{17}$/],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'l' }, 'DNSName', /^l-[0-9a-f]{10}\.us-east-1\.elb\.amazonaws\.com$/],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'l' }, 'LoadBalancerFullName', /^app\/l\/[0-9a-f]{16}$/],
  ])('%s %j: %s', (type, properties, attribute, expected) => {
    const { seen, problems } = read(type, properties, { Value: { 'Fn::GetAtt': ['It', attribute] } });
    expect(problems).toEqual([]);
    if (expected instanceof RegExp) expect(seen.Value).toMatch(expected);
    else expect(seen.Value).toBe(expected);
  });

  test('a table without stream has no StreamArn', () => {
    const { seen, problems } = read('AWS::DynamoDB::Table', {}, { Value: { 'Fn::GetAtt': ['It', 'StreamArn'] } });
    expect(seen.Value).toBe('UNRESOLVED(It.StreamArn)');
    expect(problems[0].reason).toBe('attribute "StreamArn" of Shop/It (AWS::DynamoDB::Table) is not known before deployment');
  });

  test('China has its own partition and domain', () => {
    const { it } = read('AWS::SQS::Queue', { QueueName: 'q' }, {}, { region: 'cn-north-1' });
    expect(it.arn).toBe(`arn:aws-cn:sqs:cn-north-1:${ACCOUNT}:q`);
    expect(it.physicalId).toBe(`https://sqs.cn-north-1.amazonaws.com.cn/${ACCOUNT}/q`);
  });
});
