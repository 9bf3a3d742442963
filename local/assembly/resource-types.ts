import { containerTypes } from './container-resource-types';
import { generatedName, lowerCaseId, uuid } from './generated-id';
import { own, textOf } from './json';
import { stackId } from './pseudo-parameters';
import {
  arn,
  assigned,
  cutTo,
  iam,
  logicalIdCutTo,
  lowerCase,
  lowerCased,
  name,
  type Of,
  type ResourceType,
  regional,
  type Self,
  uniqueId,
} from './resource-type';

/** The ARN of the function that a property refers to by name or ARN. */
function functionArn(self: Self, property: string): string {
  const given = self.text(property);
  return given.includes(':') ? given : `arn:${self.partition}:lambda:${self.region}:${self.account}:function:${given}`;
}

/** The ARN of the machine whose version an alias routes to. */
function aliasedMachineArn(self: Self): string {
  const [route] = [self.property('RoutingConfiguration')].flat();
  const version = own(route, 'StateMachineVersionArn') ?? own(self.property('DeploymentPreference'), 'StateMachineVersionArn');
  return (textOf(version) ?? '').replace(/:[^:]*$/, '');
}

function fifo(generated: Of<string>, property: string): Of<string> {
  return (self) => (self.property(property) === true ? `${generated(self)}.fifo` : generated(self));
}

const lastSegment = (text: string) => text.slice(text.lastIndexOf('/') + 1);
const bucketHost: Of<string> = (self) => `${self.name}.s3.${self.urlSuffix}`;
const onBus: Of<string | undefined> = (self) => {
  const bus = lastSegment(textOf(self.property('EventBusName')) ?? 'default');
  return bus === 'default' ? undefined : bus;
};
// the time of creation, which DynamoDB puts into the ARN
const streamArn: Of<string> = (self) => `${self.arn}/stream/2024-01-01T00:00:00.000`;
/** `Ref`, `Fn::GetAtt` and names of the types that workflows use. */
const types: { readonly [type: string]: ResourceType } = {
  'AWS::StepFunctions::StateMachine': {
    named: 'StateMachineName',
    generated: logicalIdCutTo(80),
    ref: arn,
    arn: regional('states', 'stateMachine:'),
    attributes: { Arn: arn, Name: name, StateMachineRevisionId: uniqueId },
  },
  'AWS::StepFunctions::StateMachineVersion': {
    ref: arn,
    arn: (self) => `${self.text('StateMachineArn')}:1`,
    attributes: { Arn: arn },
  },
  'AWS::StepFunctions::StateMachineAlias': {
    named: 'Name',
    generated: logicalIdCutTo(80),
    ref: arn,
    arn: (self) => `${aliasedMachineArn(self)}:${self.name}`,
    attributes: { Arn: arn },
  },
  'AWS::StepFunctions::Activity': {
    named: 'Name',
    generated: logicalIdCutTo(80),
    ref: arn,
    arn: regional('states', 'activity:'),
    attributes: { Arn: arn, Name: name },
  },

  'AWS::Lambda::Function': {
    named: 'FunctionName',
    generated: cutTo(64),
    arn: regional('lambda', 'function:'),
    attributes: { Arn: arn },
  },
  'AWS::Lambda::Version': {
    ref: arn,
    arn: (self) => `${functionArn(self, 'FunctionName')}:1`,
    attributes: { FunctionArn: arn, Version: () => '1' },
  },
  'AWS::Lambda::Alias': {
    named: 'Name',
    ref: arn,
    arn: (self) => `${functionArn(self, 'FunctionName')}:${self.name}`,
    attributes: { AliasArn: arn },
  },
  'AWS::Lambda::LayerVersion': {
    named: 'LayerName',
    generated: logicalIdCutTo(140),
    ref: arn,
    arn: (self) => `${regional('lambda', 'layer:')(self)}:1`,
    attributes: { LayerVersionArn: arn },
  },
  'AWS::Lambda::Url': {
    ref: (self) => functionArn(self, 'TargetFunctionArn'),
    attributes: {
      FunctionArn: (self) => functionArn(self, 'TargetFunctionArn'),
      FunctionUrl: (self) => `https://${lowerCaseId(self.seed, 32)}.lambda-url.${self.region}.on.aws/`,
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    generated: uniqueId,
    arn: regional('lambda', 'event-source-mapping:'),
    attributes: { Id: name, EventSourceMappingArn: arn },
  },
  'AWS::Lambda::Permission': { attributes: { Id: name } },

  'AWS::IAM::Role': {
    named: 'RoleName',
    generated: cutTo(64),
    arn: iam('role'),
    attributes: { Arn: arn, RoleId: (self) => `AROA${generatedName([], self.seed, 13)}` },
  },
  'AWS::IAM::Policy': { generated: cutTo(128), attributes: { Id: name } },
  'AWS::IAM::ManagedPolicy': {
    named: 'ManagedPolicyName',
    generated: cutTo(128),
    ref: arn,
    arn: iam('policy'),
    attributes: { PolicyArn: arn },
  },
  'AWS::IAM::User': { named: 'UserName', generated: cutTo(64), arn: iam('user'), attributes: { Arn: arn } },
  'AWS::IAM::Group': { named: 'GroupName', generated: cutTo(128), arn: iam('group'), attributes: { Arn: arn } },

  'AWS::Logs::LogGroup': {
    named: 'LogGroupName',
    generated: cutTo(512),
    arn: (self) => `${regional('logs', 'log-group:')(self)}:*`,
    attributes: { Arn: arn },
  },
  'AWS::KMS::Key': { generated: uniqueId, arn: regional('kms', 'key/'), attributes: { Arn: arn, KeyId: name } },
  'AWS::KMS::Alias': { named: 'AliasName', arn: regional('kms') },
  'AWS::S3::Bucket': {
    named: 'BucketName',
    generated: lowerCased(cutTo(63)),
    arn: (self) => `arn:${self.partition}:s3:::${self.name}`,
    attributes: {
      Arn: arn,
      DomainName: bucketHost,
      RegionalDomainName: (self) => `${self.name}.s3.${self.region}.${self.urlSuffix}`,
      DualStackDomainName: (self) => `${self.name}.s3.dualstack.${self.region}.${self.urlSuffix}`,
      WebsiteURL: (self) => `http://${self.name}.s3-website-${self.region}.${self.urlSuffix}`,
    },
  },
  'AWS::SQS::Queue': {
    named: 'QueueName',
    generated: fifo(cutTo(75), 'FifoQueue'),
    ref: (self) => `https://sqs.${self.region}.${self.urlSuffix}/${self.account}/${self.name}`,
    arn: regional('sqs'),
    attributes: {
      Arn: arn,
      QueueName: name,
      QueueUrl: (self) => `https://sqs.${self.region}.${self.urlSuffix}/${self.account}/${self.name}`,
    },
  },
  'AWS::SNS::Topic': {
    named: 'TopicName',
    generated: fifo(cutTo(251), 'FifoTopic'),
    ref: arn,
    arn: regional('sns'),
    attributes: { TopicArn: arn, TopicName: name },
  },
  'AWS::SNS::Subscription': {
    ref: arn,
    arn: (self) => `${self.text('TopicArn')}:${uuid(self.seed)}`,
    attributes: { Arn: arn },
  },
  'AWS::DynamoDB::Table': {
    named: 'TableName',
    arn: regional('dynamodb', 'table/'),
    attributes: {
      Arn: arn,
      StreamArn: (self) => (self.property('StreamSpecification') === undefined ? undefined : streamArn(self)),
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    named: 'TableName',
    arn: regional('dynamodb', 'table/'),
    attributes: { Arn: arn, StreamArn: streamArn, TableId: uniqueId },
  },

  'AWS::Events::Rule': {
    named: 'Name',
    generated: cutTo(64),
    ref: (self) => [onBus(self), self.name].filter(Boolean).join('|'),
    arn: (self) => regional('events', ['rule', onBus(self), ''].filter((part) => part !== undefined).join('/'))(self),
    attributes: { Arn: arn },
  },
  'AWS::Events::EventBus': { named: 'Name', arn: regional('events', 'event-bus/'), attributes: { Arn: arn, Name: name } },
  'AWS::Events::Connection': {
    named: 'Name',
    generated: cutTo(64),
    arn: (self) => `${regional('events', 'connection/')(self)}/${uuid(self.seed)}`,
    attributes: { Arn: arn },
  },
  'AWS::Events::ApiDestination': {
    named: 'Name',
    generated: cutTo(64),
    arn: (self) => `${regional('events', 'api-destination/')(self)}/${uuid(self.seed)}`,
    attributes: { Arn: arn },
  },
  'AWS::Scheduler::Schedule': {
    named: 'Name',
    generated: cutTo(64),
    arn: (self) => regional('scheduler', `schedule/${textOf(self.property('GroupName')) ?? 'default'}/`)(self),
    attributes: { Arn: arn },
  },
  'AWS::Scheduler::ScheduleGroup': {
    named: 'Name',
    generated: cutTo(64),
    arn: regional('scheduler', 'schedule-group/'),
    attributes: { Arn: arn },
  },
  'AWS::Pipes::Pipe': { named: 'Name', generated: cutTo(64), arn: regional('pipes', 'pipe/'), attributes: { Arn: arn } },

  'AWS::ECS::Cluster': { named: 'ClusterName', arn: regional('ecs', 'cluster/'), attributes: { Arn: arn } },
  'AWS::ECS::Service': {
    named: 'ServiceName',
    ref: arn,
    arn: (self) => regional('ecs', `service/${lastSegment(textOf(self.property('Cluster')) ?? 'default')}/`)(self),
    attributes: { ServiceArn: arn, Name: name },
  },
  'AWS::ECS::TaskDefinition': {
    named: 'Family',
    ref: arn,
    arn: (self) => `${regional('ecs', 'task-definition/')(self)}:1`,
    attributes: { TaskDefinitionArn: arn },
  },
  'AWS::ApiGatewayV2::Api': {
    generated: lowerCase(10),
    attributes: { ApiId: name, ApiEndpoint: (self) => `https://${self.name}.execute-api.${self.region}.${self.urlSuffix}` },
  },
  'AWS::ApiGatewayV2::Stage': { named: 'StageName' },
  'AWS::ApiGatewayV2::Integration': assigned(lowerCase(7), 'IntegrationId'),
  'AWS::ApiGatewayV2::Route': assigned(lowerCase(7), 'RouteId'),
  'AWS::ApiGatewayV2::Authorizer': assigned(lowerCase(6), 'AuthorizerId'),
  'AWS::ApiGatewayV2::Deployment': assigned(lowerCase(6), 'DeploymentId'),
  'AWS::ApiGateway::RestApi': {
    generated: lowerCase(10),
    attributes: { RestApiId: name, RootResourceId: (self) => lowerCaseId(`${self.seed}/`, 10) },
  },
  'AWS::ApiGateway::Resource': assigned(lowerCase(6), 'ResourceId'),
  'AWS::ApiGateway::Deployment': assigned(lowerCase(6), 'DeploymentId'),
  'AWS::ApiGateway::Stage': { named: 'StageName' },
  'AWS::ApiGateway::Authorizer': assigned(lowerCase(6), 'AuthorizerId'),
  'AWS::ApiGateway::RequestValidator': assigned(lowerCase(6), 'RequestValidatorId'),
  'AWS::ApiGateway::ApiKey': assigned(lowerCase(10), 'APIKeyId'),
  'AWS::ApiGateway::UsagePlan': assigned(lowerCase(6), 'Id'),
  'AWS::ApiGateway::Model': { named: 'Name' },

  'AWS::CloudWatch::Alarm': { named: 'AlarmName', arn: regional('cloudwatch', 'alarm:'), attributes: { Arn: arn } },
  'AWS::CloudWatch::CompositeAlarm': { named: 'AlarmName', arn: regional('cloudwatch', 'alarm:'), attributes: { Arn: arn } },
  'AWS::CloudWatch::Dashboard': { named: 'DashboardName' },
  'AWS::SecretsManager::Secret': {
    named: 'Name',
    generated: logicalIdCutTo(512),
    ref: arn,
    arn: (self) => `${regional('secretsmanager', 'secret:')(self)}-${lowerCaseId(self.seed, 6)}`,
    attributes: { Id: arn },
  },
  'AWS::SSM::Parameter': {
    named: 'Name',
    generated: (self) => `CFN-${logicalIdCutTo(1000)(self)}`,
    arn: (self) => `arn:${self.partition}:ssm:${self.region}:${self.account}:parameter/${self.name.replace(/^\//, '')}`,
    attributes: { Type: (self) => self.property('Type'), Value: (self) => self.property('Value') },
  },
  'AWS::SES::EmailIdentity': { named: 'EmailIdentity', arn: regional('ses', 'identity/') },
  'AWS::SES::ConfigurationSet': { named: 'Name', generated: cutTo(64), arn: regional('ses', 'configuration-set/') },
  'AWS::SES::ReceiptRuleSet': { named: 'RuleSetName', generated: cutTo(64) },

  'AWS::CloudFormation::Stack': { ref: arn, arn: stackId },
  ...containerTypes,
};

const UNKNOWN: ResourceType = {};

export function resourceType(type: string): ResourceType {
  return Object.hasOwn(types, type) ? types[type] : UNKNOWN;
}
