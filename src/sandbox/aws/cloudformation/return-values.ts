import type { ValuePattern } from '../../value-pattern.ts'

/**
 * What `Ref` and `Fn::GetAtt` give for common types, as the section "Return values" of each type's page says:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 * The names of the attributes are also those of AWS's resource specification (npm's `@aws-cdk/aws-service-spec` 0.1).
 * Attributes that describe another service's use of the resource are left out.
 */
export interface ReturnValues {
  /** The property that names the resource. Without it, or where there is none, CloudFormation makes a name up. */
  readonly nameFrom?: string
  /** The physical id. `{name}` is the resource's name, `{name:lower}` the same in small letters. */
  readonly ref: ValuePattern
  /** `{ref}` is the physical id; `patternScope` in `resource-values.ts` has the other names. */
  readonly attributes?: Readonly<Record<string, ValuePattern>>
}

const arn = (service: string, resource: string): string => `arn:aws:${service}:{region}:{account}:${resource}`
const globalArn = (service: string, resource: string): string => `arn:aws:${service}::{account}:${resource}`
/** A resource of EC2: its id has a prefix and 17 hexadecimal digits. */
const ec2 = (
  prefix: string,
  idName: string,
  attributes: Readonly<Record<string, ValuePattern>> = {},
): ReturnValues => ({ ref: `${prefix}-{hex:17}`, attributes: { [idName]: '{ref}', ...attributes } })

const SECRET = arn('secretsmanager', 'secret')

const network: Readonly<Record<string, ReturnValues>> = {
  'AWS::EC2::VPC': ec2('vpc', 'VpcId', {
    CidrBlock: '{$CidrBlock|10.0.0.0/16}',
    CidrBlockAssociations: ['vpc-cidr-assoc-{hex:17:cidr}'],
    DefaultNetworkAcl: 'acl-{hex:17:acl}',
    DefaultSecurityGroup: 'sg-{hex:17:group}',
    Ipv6CidrBlocks: [],
  }),
  'AWS::EC2::Subnet': ec2('subnet', 'SubnetId', {
    AvailabilityZone: '{$AvailabilityZone|{region}a}',
    AvailabilityZoneId: 'use1-az1',
    CidrBlock: '{$CidrBlock|10.0.0.0/24}',
    Ipv6CidrBlocks: [],
    NetworkAclAssociationId: 'aclassoc-{hex:17:acl}',
    OutpostArn: '',
    VpcId: '{$VpcId}',
  }),
  'AWS::EC2::SecurityGroup': ec2('sg', 'GroupId', { Id: '{ref}', VpcId: '{$VpcId|vpc-{hex:17:vpc}}' }),
  'AWS::EC2::SecurityGroupIngress': ec2('sgr', 'Id'),
  'AWS::EC2::SecurityGroupEgress': ec2('sgr', 'Id'),
  'AWS::EC2::InternetGateway': ec2('igw', 'InternetGatewayId'),
  'AWS::EC2::EgressOnlyInternetGateway': ec2('eigw', 'Id'),
  'AWS::EC2::NatGateway': ec2('nat', 'NatGatewayId', { EniId: 'eni-{hex:17:eni}' }),
  'AWS::EC2::EIP': {
    ref: '203.0.113.{octet}',
    attributes: { AllocationId: 'eipalloc-{hex:17}', PublicIp: '{ref}' },
  },
  'AWS::EC2::EIPAssociation': ec2('eipassoc', 'Id'),
  'AWS::EC2::RouteTable': ec2('rtb', 'RouteTableId'),
  'AWS::EC2::Route': {
    ref: '{$RouteTableId}|{$DestinationCidrBlock|0.0.0.0/0}',
    attributes: { CidrBlock: '{$DestinationCidrBlock|0.0.0.0/0}' },
  },
  'AWS::EC2::SubnetRouteTableAssociation': ec2('rtbassoc', 'Id'),
  'AWS::EC2::VPCGatewayAttachment': {
    ref: 'IGW|{$VpcId}',
    attributes: { AttachmentType: 'IGW' },
  },
  'AWS::EC2::NetworkAcl': ec2('acl', 'Id'),
  'AWS::EC2::VPCEndpoint': ec2('vpce', 'Id', {
    CreationTimestamp: '2026-01-01T00:00:00Z',
    DnsEntries: ['Z{upper:13}:{ref}-{lower:8}.vpce.amazonaws.com'],
    NetworkInterfaceIds: ['eni-{hex:17:eni}'],
  }),
  'AWS::EC2::VPCPeeringConnection': ec2('pcx', 'Id'),
  'AWS::EC2::DHCPOptions': ec2('dopt', 'DhcpOptionsId'),
  'AWS::EC2::FlowLog': ec2('fl', 'Id'),
  'AWS::EC2::TransitGateway': ec2('tgw', 'Id', {
    TransitGatewayArn: arn('ec2', 'transit-gateway/{ref}'),
  }),
  'AWS::EC2::CustomerGateway': ec2('cgw', 'CustomerGatewayId'),
  'AWS::EC2::VPNGateway': ec2('vgw', 'VPNGatewayId'),
  'AWS::EC2::VPNConnection': ec2('vpn', 'VpnConnectionId'),
  'AWS::EC2::NetworkInterface': ec2('eni', 'Id', {
    PrimaryPrivateIpAddress: '{$PrivateIpAddress|192.0.2.{octet}}',
    SecondaryPrivateIpAddresses: [],
    VpcId: 'vpc-{hex:17:vpc}',
  }),
  'AWS::Route53::HostedZone': {
    ref: 'Z{upper:20}',
    attributes: {
      Id: '{ref}',
      NameServers: ['net', 'org', 'com', 'co.uk'].map(
        (domain) => `ns-{digits:3:${domain}}.awsdns-{digits:2:${domain}}.${domain}`,
      ),
    },
  },
  'AWS::Route53::RecordSet': { ref: '{$Name}' },
  'AWS::CloudFront::Distribution': {
    ref: 'E{upper:13}',
    attributes: { DomainName: 'd{lower:13}.cloudfront.net', Id: '{ref}' },
  },
  'AWS::CloudFront::OriginAccessControl': { ref: 'E{upper:13}', attributes: { Id: '{ref}' } },
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': {
    ref: 'E{upper:13}',
    attributes: { Id: '{ref}', S3CanonicalUserId: '{hex:96}' },
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    nameFrom: 'Name',
    ref: arn('elasticloadbalancing', 'loadbalancer/{balancerKind}/{name}/{hex:16}'),
    attributes: {
      CanonicalHostedZoneID: 'Z{upper:13}',
      DNSName: '{name}-{digits:10}.{region}.elb.amazonaws.com',
      LoadBalancerArn: '{ref}',
      LoadBalancerFullName: '{balancerKind}/{name}/{hex:16}',
      LoadBalancerName: '{name}',
      SecurityGroups: '{$SecurityGroups}',
    },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    nameFrom: 'Name',
    ref: arn('elasticloadbalancing', 'targetgroup/{name}/{hex:16}'),
    attributes: {
      LoadBalancerArns: [],
      TargetGroupArn: '{ref}',
      TargetGroupFullName: 'targetgroup/{name}/{hex:16}',
      TargetGroupName: '{name}',
    },
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    ref: arn('elasticloadbalancing', 'listener/app/{name}/{hex:16:balancer}/{hex:16}'),
    attributes: { ListenerArn: '{ref}' },
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    ref: arn('elasticloadbalancing', 'listener-rule/app/{name}/{hex:16:balancer}/{hex:16:listener}/{hex:16}'),
    attributes: { IsDefault: false, RuleArn: '{ref}' },
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    nameFrom: 'LoadBalancerName',
    ref: '{name}',
    attributes: {
      CanonicalHostedZoneName: '{ref}-{digits:10}.{region}.elb.amazonaws.com',
      CanonicalHostedZoneNameID: 'Z{upper:13}',
      DNSName: '{ref}-{digits:10}.{region}.elb.amazonaws.com',
      'SourceSecurityGroup.GroupName': 'default_elb_{uuid}',
      'SourceSecurityGroup.OwnerAlias': '{account}',
    },
  },
  'AWS::CertificateManager::Certificate': {
    ref: arn('acm', 'certificate/{uuid}'),
    attributes: { CertificateArn: '{ref}' },
  },
  'AWS::ApiGateway::RestApi': {
    ref: '{lower:10}',
    attributes: { RestApiId: '{ref}', RootResourceId: '{lower:10:root}' },
  },
  'AWS::ApiGateway::Resource': { ref: '{lower:6}', attributes: { ResourceId: '{ref}' } },
  'AWS::ApiGateway::Deployment': { ref: '{lower:6}', attributes: { DeploymentId: '{ref}' } },
  'AWS::ApiGateway::Stage': { nameFrom: 'StageName', ref: '{name}' },
  'AWS::ApiGatewayV2::Api': {
    ref: '{lower:10}',
    attributes: {
      ApiEndpoint: 'https://{ref}.execute-api.{region}.amazonaws.com',
      ApiId: '{ref}',
      ExecuteApiArn: arn('execute-api', '{ref}'),
    },
  },
  'AWS::ApiGatewayV2::Stage': { nameFrom: 'StageName', ref: '{name}' },
}

const compute: Readonly<Record<string, ReturnValues>> = {
  'AWS::EC2::Instance': ec2('i', 'InstanceId', {
    AvailabilityZone: '{$AvailabilityZone|{region}a}',
    PrivateDnsName: 'ip-192-0-2-{octet}.{region}.compute.internal',
    PrivateIp: '192.0.2.{octet}',
    PublicDnsName: 'ec2-203-0-113-{octet}.{region}.compute.amazonaws.com',
    PublicIp: '203.0.113.{octet}',
    State: { Code: '16', Name: 'running' },
    VpcId: 'vpc-{hex:17:vpc}',
  }),
  'AWS::EC2::KeyPair': {
    nameFrom: 'KeyName',
    ref: '{name}',
    attributes: {
      KeyFingerprint: Array.from({ length: 20 }, (_, index) => `{hex:2:${String(index)}}`).join(':'),
      KeyPairId: 'key-{hex:17}',
    },
  },
  'AWS::EC2::LaunchTemplate': ec2('lt', 'LaunchTemplateId', {
    DefaultVersionNumber: '1',
    LatestVersionNumber: '1',
  }),
  'AWS::EC2::Volume': ec2('vol', 'VolumeId'),
  'AWS::EC2::VolumeAttachment': { ref: '{$VolumeId}|{$InstanceId}' },
  'AWS::AutoScaling::AutoScalingGroup': {
    nameFrom: 'AutoScalingGroupName',
    ref: '{name}',
    attributes: {
      AutoScalingGroupARN: arn('autoscaling', 'autoScalingGroup:{uuid}:autoScalingGroupName/{name}'),
    },
  },
  'AWS::AutoScaling::LaunchConfiguration': { nameFrom: 'LaunchConfigurationName', ref: '{name}' },
  'AWS::AutoScaling::ScalingPolicy': {
    ref: arn(
      'autoscaling',
      'scalingPolicy:{uuid}:autoScalingGroupName/{$AutoScalingGroupName}:policyName/{name}',
    ),
    attributes: { Arn: '{ref}', PolicyName: '{name}' },
  },
  'AWS::Lambda::Function': {
    nameFrom: 'FunctionName',
    ref: '{name}',
    attributes: { Arn: arn('lambda', 'function:{ref}') },
  },
  'AWS::Lambda::Version': {
    ref: '{functionArn}:1',
    attributes: { FunctionArn: '{ref}', Version: '1' },
  },
  'AWS::Lambda::Alias': { ref: '{functionArn}:{$Name}', attributes: { AliasArn: '{ref}' } },
  'AWS::Lambda::LayerVersion': {
    nameFrom: 'LayerName',
    ref: arn('lambda', 'layer:{name}:1'),
    attributes: { LayerVersionArn: '{ref}' },
  },
  'AWS::Lambda::Permission': { ref: '{name}', attributes: { Id: '{ref}' } },
  'AWS::Lambda::EventSourceMapping': {
    ref: '{uuid}',
    attributes: { EventSourceMappingArn: arn('lambda', 'event-source-mapping:{ref}'), Id: '{ref}' },
  },
  'AWS::Lambda::Url': {
    ref: '{functionArn}',
    attributes: {
      FunctionArn: '{functionArn}',
      FunctionUrl: 'https://{lower:32}.lambda-url.{region}.on.aws/',
    },
  },
  'AWS::ECS::Cluster': {
    nameFrom: 'ClusterName',
    ref: '{name}',
    attributes: { Arn: arn('ecs', 'cluster/{ref}') },
  },
  'AWS::ECS::Service': {
    nameFrom: 'ServiceName',
    ref: arn('ecs', 'service/{clusterName}/{name}'),
    attributes: { Name: '{name}', ServiceArn: '{ref}' },
  },
  'AWS::ECS::TaskDefinition': {
    nameFrom: 'Family',
    ref: arn('ecs', 'task-definition/{name}:1'),
    attributes: { TaskDefinitionArn: '{ref}' },
  },
  'AWS::ECR::Repository': {
    nameFrom: 'RepositoryName',
    ref: '{name:lower}',
    attributes: {
      Arn: arn('ecr', 'repository/{ref}'),
      RepositoryUri: '{account}.dkr.ecr.{region}.amazonaws.com/{ref}',
    },
  },
  'AWS::EKS::Cluster': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: {
      Arn: arn('eks', 'cluster/{ref}'),
      CertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
      ClusterSecurityGroupId: 'sg-{hex:17}',
      Endpoint: 'https://{upper:32}.gr7.{region}.eks.amazonaws.com',
      Id: '{uuid}',
      OpenIdConnectIssuerUrl: 'https://oidc.eks.{region}.amazonaws.com/id/{upper:32}',
    },
  },
  'AWS::EKS::Nodegroup': {
    nameFrom: 'NodegroupName',
    ref: '{clusterName}/{name}',
    attributes: {
      Arn: arn('eks', 'nodegroup/{clusterName}/{name}/{uuid}'),
      ClusterName: '{clusterName}',
      Id: '{ref}',
      NodegroupName: '{name}',
    },
  },
  'AWS::StepFunctions::StateMachine': {
    nameFrom: 'StateMachineName',
    ref: arn('states', 'stateMachine:{name}'),
    attributes: { Arn: '{ref}', Name: '{name}', StateMachineRevisionId: 'INITIAL' },
  },
  'AWS::CodeBuild::Project': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: { Arn: arn('codebuild', 'project/{ref}') },
  },
}

const storage: Readonly<Record<string, ReturnValues>> = {
  'AWS::S3::Bucket': {
    nameFrom: 'BucketName',
    ref: '{name:lower}',
    attributes: {
      Arn: 'arn:aws:s3:::{ref}',
      DomainName: '{ref}.s3.amazonaws.com',
      DualStackDomainName: '{ref}.s3.dualstack.{region}.amazonaws.com',
      RegionalDomainName: '{ref}.s3.{region}.amazonaws.com',
      WebsiteURL: 'http://{ref}.s3-website-{region}.amazonaws.com',
    },
  },
  'AWS::S3::BucketPolicy': { ref: '{$Bucket}' },
  'AWS::EFS::FileSystem': {
    ref: 'fs-{hex:17}',
    attributes: { Arn: arn('elasticfilesystem', 'file-system/{ref}'), FileSystemId: '{ref}' },
  },
  'AWS::EFS::MountTarget': {
    ref: 'fsmt-{hex:17}',
    attributes: { Id: '{ref}', IpAddress: '{$IpAddress|192.0.2.{octet}}' },
  },
  'AWS::RDS::DBInstance': {
    nameFrom: 'DBInstanceIdentifier',
    ref: '{name:lower}',
    attributes: {
      'CertificateDetails.CAIdentifier': '{$CACertificateIdentifier|rds-ca-rsa2048-g1}',
      'CertificateDetails.ValidTill': '2027-01-01T00:00:00Z',
      DBInstanceArn: arn('rds', 'db:{ref}'),
      DBSystemId: '',
      DbiResourceId: 'db-{upper:26}',
      'Endpoint.Address': '{ref}.c{lower:11}.{region}.rds.amazonaws.com',
      'Endpoint.HostedZoneId': 'Z{upper:13}',
      'Endpoint.Port': '{databasePort}',
      'MasterUserSecret.SecretArn': `${SECRET}:rds!db-{uuid}-{lower:6}`,
    },
  },
  'AWS::RDS::DBCluster': {
    nameFrom: 'DBClusterIdentifier',
    ref: '{name:lower}',
    attributes: {
      DBClusterArn: arn('rds', 'cluster:{ref}'),
      DBClusterResourceId: 'cluster-{upper:26}',
      'Endpoint.Address': '{ref}.cluster-c{lower:11}.{region}.rds.amazonaws.com',
      'Endpoint.Port': '{databasePort}',
      'MasterUserSecret.SecretArn': `${SECRET}:rds!cluster-{uuid}-{lower:6}`,
      'ReadEndpoint.Address': '{ref}.cluster-ro-c{lower:11}.{region}.rds.amazonaws.com',
    },
  },
  'AWS::RDS::DBSubnetGroup': {
    nameFrom: 'DBSubnetGroupName',
    ref: '{name:lower}',
    attributes: { DBSubnetGroupArn: arn('rds', 'subgrp:{ref}') },
  },
  'AWS::RDS::DBParameterGroup': {
    nameFrom: 'DBParameterGroupName',
    ref: '{name:lower}',
    attributes: { DBParameterGroupArn: arn('rds', 'pg:{ref}'), DBParameterGroupName: '{ref}' },
  },
  'AWS::RDS::DBClusterParameterGroup': { nameFrom: 'DBClusterParameterGroupName', ref: '{name:lower}' },
  'AWS::DynamoDB::Table': {
    nameFrom: 'TableName',
    ref: '{name}',
    attributes: {
      Arn: arn('dynamodb', 'table/{ref}'),
      StreamArn: arn('dynamodb', 'table/{ref}/stream/2026-01-01T00:00:00.000'),
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    nameFrom: 'TableName',
    ref: '{name}',
    attributes: {
      Arn: arn('dynamodb', 'table/{ref}'),
      StreamArn: arn('dynamodb', 'table/{ref}/stream/2026-01-01T00:00:00.000'),
      TableId: '{uuid}',
    },
  },
  'AWS::ElastiCache::CacheCluster': {
    nameFrom: 'ClusterName',
    ref: '{name:lower}',
    attributes: {
      'ConfigurationEndpoint.Address': '{ref}.{lower:6}.cfg.{region}.cache.amazonaws.com',
      'ConfigurationEndpoint.Port': '{$Port|11211}',
      'RedisEndpoint.Address': '{ref}.{lower:6}.0001.{region}.cache.amazonaws.com',
      'RedisEndpoint.Port': '{$Port|6379}',
    },
  },
  'AWS::ElastiCache::ReplicationGroup': {
    nameFrom: 'ReplicationGroupId',
    ref: '{name:lower}',
    attributes: {
      'ConfigurationEndPoint.Address': 'clustercfg.{ref}.{lower:6}.{region}.cache.amazonaws.com',
      'ConfigurationEndPoint.Port': '{$Port|6379}',
      'PrimaryEndPoint.Address': '{ref}.{lower:6}.ng.0001.{region}.cache.amazonaws.com',
      'PrimaryEndPoint.Port': '{$Port|6379}',
      'ReadEndPoint.Addresses': '[{ref}-001.{lower:6}.0001.{region}.cache.amazonaws.com]',
      'ReadEndPoint.Ports': '[{$Port|6379}]',
      'ReaderEndPoint.Address': '{ref}-ro.{lower:6}.ng.0001.{region}.cache.amazonaws.com',
      'ReaderEndPoint.Port': '{$Port|6379}',
    },
  },
  'AWS::ElastiCache::SubnetGroup': { nameFrom: 'CacheSubnetGroupName', ref: '{name:lower}' },
  'AWS::Redshift::Cluster': {
    nameFrom: 'ClusterIdentifier',
    ref: '{name:lower}',
    attributes: {
      ClusterNamespaceArn: arn('redshift', 'namespace:{uuid}'),
      'Endpoint.Address': '{ref}.c{lower:11}.{region}.redshift.amazonaws.com',
      'Endpoint.Port': '{$Port|5439}',
      Id: '{ref}',
    },
  },
  'AWS::OpenSearchService::Domain': {
    nameFrom: 'DomainName',
    ref: '{name:lower}',
    attributes: {
      Arn: arn('es', 'domain/{ref}'),
      DomainEndpoint: 'search-{ref}-{lower:26}.{region}.es.amazonaws.com',
      Id: '{account}/{ref}',
    },
  },
}

const integration: Readonly<Record<string, ReturnValues>> = {
  'AWS::SNS::Topic': {
    nameFrom: 'TopicName',
    ref: arn('sns', '{name}'),
    attributes: { TopicArn: '{ref}', TopicName: '{name}' },
  },
  'AWS::SNS::Subscription': { ref: '{$TopicArn}:{uuid}', attributes: { Arn: '{ref}' } },
  'AWS::SNS::TopicPolicy': { ref: '{name}', attributes: { Id: '{ref}' } },
  'AWS::SQS::Queue': {
    nameFrom: 'QueueName',
    ref: 'https://sqs.{region}.amazonaws.com/{account}/{name}',
    attributes: { Arn: arn('sqs', '{name}'), QueueName: '{name}', QueueUrl: '{ref}' },
  },
  'AWS::SQS::QueuePolicy': { ref: '{name}', attributes: { Id: '{ref}' } },
  'AWS::Events::Rule': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: { Arn: arn('events', 'rule/{ref}') },
  },
  'AWS::Kinesis::Stream': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: { Arn: arn('kinesis', 'stream/{ref}') },
  },
  'AWS::MSK::Cluster': {
    nameFrom: 'ClusterName',
    ref: arn('kafka', 'cluster/{name}/{uuid}-1'),
    attributes: { Arn: '{ref}', CurrentVersion: 'K{upper:13}' },
  },
  'AWS::Logs::LogGroup': {
    nameFrom: 'LogGroupName',
    ref: '{name}',
    attributes: { Arn: arn('logs', 'log-group:{ref}:*') },
  },
  'AWS::CloudWatch::Alarm': {
    nameFrom: 'AlarmName',
    ref: '{name}',
    attributes: { Arn: arn('cloudwatch', 'alarm:{ref}') },
  },
  'AWS::SSM::Parameter': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: { Type: '{$Type|String}', Value: '{$Value}' },
  },
  'AWS::CloudFormation::WaitConditionHandle': {
    ref: 'https://cloudformation-waitcondition-{region}.s3.amazonaws.com/{upper:12}',
  },
  'AWS::CloudFormation::WaitCondition': {
    ref: 'arn:aws:cloudformation:{region}:{account}:stack/{stack}/{uuid}/{logicalId}',
    attributes: { Data: '{}' },
  },
}

const access: Readonly<Record<string, ReturnValues>> = {
  'AWS::IAM::Role': {
    nameFrom: 'RoleName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'role{$Path|/}{ref}'), RoleId: 'AROA{upper:17}' },
  },
  'AWS::IAM::User': {
    nameFrom: 'UserName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'user{$Path|/}{ref}') },
  },
  'AWS::IAM::Group': {
    nameFrom: 'GroupName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'group{$Path|/}{ref}') },
  },
  'AWS::IAM::Policy': { ref: '{name}', attributes: { Id: '{ref}' } },
  'AWS::IAM::ManagedPolicy': {
    nameFrom: 'ManagedPolicyName',
    ref: globalArn('iam', 'policy{$Path|/}{name}'),
    attributes: {
      AttachmentCount: 0,
      CreateDate: '2026-01-01T00:00:00Z',
      DefaultVersionId: 'v1',
      IsAttachable: true,
      PermissionsBoundaryUsageCount: 0,
      PolicyArn: '{ref}',
      PolicyId: 'ANPA{upper:17}',
      UpdateDate: '2026-01-01T00:00:00Z',
    },
  },
  'AWS::IAM::InstanceProfile': {
    nameFrom: 'InstanceProfileName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'instance-profile{$Path|/}{ref}') },
  },
  'AWS::IAM::AccessKey': {
    ref: 'AKIA{upper:16}',
    attributes: { Id: '{ref}', SecretAccessKey: '{lower:40}' },
  },
  'AWS::IAM::OIDCProvider': {
    ref: globalArn('iam', 'oidc-provider/{name}'),
    attributes: { Arn: '{ref}' },
  },
  'AWS::KMS::Key': { ref: '{uuid}', attributes: { Arn: arn('kms', 'key/{ref}'), KeyId: '{ref}' } },
  'AWS::KMS::Alias': { ref: '{$AliasName}' },
  'AWS::SecretsManager::Secret': {
    nameFrom: 'Name',
    ref: `${SECRET}:{name}-{lower:6}`,
    attributes: { Id: '{ref}' },
  },
  'AWS::Cognito::UserPool': {
    ref: '{region}_{upper:9}',
    attributes: {
      Arn: arn('cognito-idp', 'userpool/{ref}'),
      ProviderName: 'cognito-idp.{region}.amazonaws.com/{ref}',
      ProviderURL: 'https://cognito-idp.{region}.amazonaws.com/{ref}',
      UserPoolId: '{ref}',
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: '{lower:26}',
    attributes: { ClientId: '{ref}', ClientSecret: '{lower:51}', Name: '{name}' },
  },
  'AWS::CloudTrail::Trail': {
    nameFrom: 'TrailName',
    ref: '{name}',
    attributes: { Arn: arn('cloudtrail', 'trail/{ref}') },
  },
  'AWS::WAFv2::WebACL': {
    nameFrom: 'Name',
    ref: '{name}|{uuid}|{$Scope|REGIONAL}',
    attributes: {
      Arn: arn('wafv2', 'regional/webacl/{name}/{uuid}'),
      Capacity: 1,
      Id: '{uuid}',
      LabelNamespace: 'awswaf:{account}:webacl:{name}:',
    },
  },
}

export const RETURN_VALUES: ReadonlyMap<string, ReturnValues> = new Map(
  [network, compute, storage, integration, access].flatMap((table) => Object.entries(table)),
)
