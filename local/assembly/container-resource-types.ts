import { hexId, uuid } from './generated-id';
import { arn, cutTo, lowerCased, name, type Of, type ResourceType, regional } from './resource-type';

/** As EC2 has it: a prefix that tells the kind, then 17 hexadecimal digits. */
function ec2(prefix: string, idAttribute: string, more: ResourceType['attributes'] = {}): ResourceType {
  return { generated: (self) => `${prefix}-${hexId(self.seed, 17)}`, attributes: { [idAttribute]: name, ...more } };
}

const loadBalancerPath: Of<string> = (self) => {
  const kind = self.property('Type') === 'network' ? 'net' : 'app';
  return `${kind}/${self.name}/${hexId(self.seed, 16)}`;
};

/** `Ref`, `Fn::GetAtt` and names of what containers need around them. */
export const containerTypes: { readonly [type: string]: ResourceType } = {
  'AWS::EC2::VPC': ec2('vpc', 'VpcId', {
    CidrBlock: (self) => self.property('CidrBlock'),
    DefaultSecurityGroup: (self) => `sg-${hexId(self.seed, 17)}`,
  }),
  'AWS::EC2::Subnet': ec2('subnet', 'SubnetId', {
    VpcId: (self) => self.property('VpcId'),
    AvailabilityZone: (self) => self.property('AvailabilityZone'),
    CidrBlock: (self) => self.property('CidrBlock'),
  }),
  'AWS::EC2::SecurityGroup': ec2('sg', 'GroupId', { Id: name, VpcId: (self) => self.property('VpcId') }),
  'AWS::EC2::RouteTable': ec2('rtb', 'RouteTableId'),
  'AWS::EC2::InternetGateway': ec2('igw', 'InternetGatewayId'),
  'AWS::EC2::NatGateway': ec2('nat', 'NatGatewayId'),
  'AWS::EC2::VPCEndpoint': ec2('vpce', 'Id'),
  'AWS::EC2::EIP': ec2('eipalloc', 'AllocationId'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    named: 'Name',
    generated: cutTo(32),
    ref: arn,
    arn: (self) =>
      `arn:${self.partition}:elasticloadbalancing:${self.region}:${self.account}:loadbalancer/${loadBalancerPath(self)}`,
    attributes: {
      LoadBalancerArn: arn,
      LoadBalancerName: name,
      LoadBalancerFullName: loadBalancerPath,
      DNSName: (self) => `${self.name}-${hexId(self.seed, 10)}.${self.region}.elb.${self.urlSuffix}`,
    },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    named: 'Name',
    generated: cutTo(32),
    ref: arn,
    arn: (self) => `${regional('elasticloadbalancing', 'targetgroup/')(self)}/${hexId(self.seed, 16)}`,
    attributes: {
      TargetGroupArn: arn,
      TargetGroupName: name,
      TargetGroupFullName: (self) => `targetgroup/${self.name}/${hexId(self.seed, 16)}`,
    },
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    ref: arn,
    arn: (self) => `${self.text('LoadBalancerArn').replace(':loadbalancer/', ':listener/')}/${hexId(self.seed, 16)}`,
    attributes: { ListenerArn: arn },
  },

  'AWS::ECR::Repository': {
    named: 'RepositoryName',
    generated: lowerCased(cutTo(256)),
    arn: regional('ecr', 'repository/'),
    attributes: { Arn: arn, RepositoryUri: (self) => `${self.account}.dkr.ecr.${self.region}.${self.urlSuffix}/${self.name}` },
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    generated: (self) => ['ResourceId', 'ScalableDimension', 'ServiceNamespace'].map((property) => self.text(property)).join('|'),
    attributes: { Id: name },
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    named: 'PolicyName',
    ref: arn,
    arn: (self) => regional('autoscaling', `scalingPolicy:${uuid(self.seed)}:policyName/`)(self),
    attributes: { Arn: arn },
  },
};
