import { arn, ec2, type ReturnValues } from './form.ts'

/** Types of EC2, Route53, CloudFront, ElasticLoadBalancingV2, ElasticLoadBalancing, CertificateManager, ApiGateway, ApiGatewayV2. */
export const network: Readonly<Record<string, ReturnValues>> = {
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
    DnsEntries: ['Z{upper:13}:{ref}-{lower:8}.vpce.{dnsSuffix}'],
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
      DNSName: '{name}-{digits:10}.{region}.elb.{dnsSuffix}',
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
      CanonicalHostedZoneName: '{ref}-{digits:10}.{region}.elb.{dnsSuffix}',
      CanonicalHostedZoneNameID: 'Z{upper:13}',
      DNSName: '{ref}-{digits:10}.{region}.elb.{dnsSuffix}',
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
      ApiEndpoint: 'https://{ref}.execute-api.{region}.{dnsSuffix}',
      ApiId: '{ref}',
      ExecuteApiArn: arn('execute-api', '{ref}'),
    },
  },
  'AWS::ApiGatewayV2::Stage': { nameFrom: 'StageName', ref: '{name}' },
}
