import { arn, ec2, type ReturnValues } from './form.ts'

/** Types of EC2, AutoScaling, Lambda, ECS, ECR, EKS, StepFunctions, CodeBuild. */
export const compute: Readonly<Record<string, ReturnValues>> = {
  'AWS::EC2::Instance': ec2('i', 'InstanceId', {
    AvailabilityZone: '{$AvailabilityZone|{region}a}',
    PrivateDnsName: 'ip-192-0-2-{octet}.{region}.compute.internal',
    PrivateIp: '192.0.2.{octet}',
    PublicDnsName: 'ec2-203-0-113-{octet}.{region}.compute.{dnsSuffix}',
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
      RepositoryUri: '{account}.dkr.ecr.{region}.{dnsSuffix}/{ref}',
    },
  },
  'AWS::EKS::Cluster': {
    nameFrom: 'Name',
    ref: '{name}',
    attributes: {
      Arn: arn('eks', 'cluster/{ref}'),
      CertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
      ClusterSecurityGroupId: 'sg-{hex:17}',
      Endpoint: 'https://{upper:32}.gr7.{region}.eks.{dnsSuffix}',
      Id: '{uuid}',
      OpenIdConnectIssuerUrl: 'https://oidc.eks.{region}.{dnsSuffix}/id/{upper:32}',
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
