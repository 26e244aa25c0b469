import type { ValuePattern } from '../../value-pattern.ts'

/**
 * What `Ref` and `Fn::GetAtt` give for common types. The attributes are those that each type's page lists under "Return
 * values", and that Alibaba Cloud's own packages have (npm's `@alicloud/ros-cdk-*` 1.11):
 * https://www.alibabacloud.com/help/en/ros/developer-reference/list-of-resource-types-by-service
 */
export interface ReturnValues {
  /** The physical id, which is what `Ref` gives. `{name}` is a made-up name, `{name:lower}` the same in small letters. */
  readonly ref: ValuePattern
  /** `{ref}` is the physical id; `patternScope` in `resource-values.ts` has the other names. */
  readonly attributes?: Readonly<Record<string, ValuePattern>>
}

/** An id as Alibaba Cloud makes them: a prefix, three characters of the region, and others. */
const id = (prefix: string, length: number): string => `${prefix}-bp1{lower:${String(length)}}`
const idOnly = (prefix: string, length: number, attribute: string): ReturnValues => ({
  ref: id(prefix, length),
  attributes: { [attribute]: '{ref}' },
})

const network: Readonly<Record<string, ReturnValues>> = {
  'ALIYUN::ECS::VPC': {
    ref: id('vpc', 18),
    attributes: {
      RouteTableId: 'vtb-bp1{lower:18}',
      VRouterId: 'vrt-bp1{lower:18}',
      VpcId: '{ref}',
      VpcName: '{$VpcName|}',
    },
  },
  'ALIYUN::ECS::VSwitch': {
    ref: id('vsw', 18),
    attributes: {
      CidrBlock: '{$CidrBlock|192.0.2.0/24}',
      Ipv6CidrBlock: '',
      VSwitchId: '{ref}',
      VSwitchName: '{$VSwitchName|}',
    },
  },
  'ALIYUN::ECS::SecurityGroup': {
    ref: id('sg', 17),
    attributes: { SecurityGroupId: '{ref}', SecurityGroupName: '{$SecurityGroupName|}' },
  },
  'ALIYUN::ECS::SecurityGroupIngress': { ref: '{name}' },
  'ALIYUN::ECS::SecurityGroupEgress': { ref: '{name}' },
  'ALIYUN::ECS::NetworkInterface': {
    ref: id('eni', 17),
    attributes: {
      MacAddress: '00:16:3e:{hex:2:a}:{hex:2:b}:{hex:2:c}',
      NetworkInterfaceId: '{ref}',
      PrivateIpAddress: '192.0.2.{octet}',
      SecondaryPrivateIpAddresses: [],
    },
  },
  'ALIYUN::VPC::EIP': {
    ref: id('eip', 17),
    attributes: { AllocationId: '{ref}', EipAddress: '203.0.113.{octet}', Isp: '{$Isp|BGP}', OrderId: '' },
  },
  'ALIYUN::VPC::EIPAssociation': {
    ref: '{$AllocationId|{name}}',
    attributes: { AllocationId: '{$AllocationId|}', EipAddress: '203.0.113.{octet}' },
  },
  'ALIYUN::VPC::NatGateway': {
    ref: id('ngw', 17),
    attributes: {
      ForwardTableId: 'ftb-bp1{lower:17}',
      NatGatewayId: '{ref}',
      SNatTableId: 'stb-bp1{lower:17}',
    },
  },
  'ALIYUN::VPC::SnatEntry': {
    ref: id('snat', 17),
    attributes: { SnatEntryIds: ['{ref}'] },
  },
  'ALIYUN::VPC::RouteTable': {
    ref: id('vtb', 17),
    attributes: {
      RouteTableId: '{ref}',
      RouteTableName: '{$RouteTableName|}',
      RouteTableType: 'Custom',
      VSwitchIds: [],
      VpcId: '{$VpcId|}',
    },
  },
  'ALIYUN::SLB::LoadBalancer': {
    ref: id('lb', 18),
    attributes: {
      AddressIPVersion: '{$AddressIPVersion|ipv4}',
      AddressType: '{$AddressType|internet}',
      Bandwidth: '{$Bandwidth|1}',
      IpAddress: '203.0.113.{octet}',
      LoadBalancerId: '{ref}',
      LoadBalancerName: '{$LoadBalancerName|}',
      NetworkType: 'vpc',
      OrderId: '',
      VSwitchId: '{$VSwitchId|}',
      VpcId: '{$VpcId|}',
    },
  },
  'ALIYUN::SLB::Listener': {
    ref: '{$LoadBalancerId|{name}}',
    attributes: {
      ListenerPortsAndProtocol: ['{$ListenerPort|80}/{$Protocol|tcp}'],
      LoadBalancerId: '{$LoadBalancerId|}',
    },
  },
  'ALIYUN::SLB::VServerGroup': idOnly('rsp', 12, 'VServerGroupId'),
  'ALIYUN::ALB::LoadBalancer': {
    ref: 'alb-{lower:18}',
    attributes: {
      DNSName: '{ref}.{region}.alb.aliyuncs.com',
      LoadBalancerId: '{ref}',
      LoadBalancerName: '{$LoadBalancerName|}',
    },
  },
}

const compute: Readonly<Record<string, ReturnValues>> = {
  'ALIYUN::ECS::Instance': {
    ref: id('i', 17),
    attributes: {
      HostName: '{$HostName|i{lower:22:host}Z}',
      InnerIp: '',
      InstanceId: '{ref}',
      PrimaryNetworkInterfaceId: 'eni-bp1{lower:17:eni}',
      PrivateIp: '{$PrivateIpAddress|192.0.2.{octet}}',
      PublicIp: '203.0.113.{octet}',
      SecurityGroupIds: ['{$SecurityGroupId|}'],
      ZoneId: '{$ZoneId|{region}-b}',
    },
  },
  'ALIYUN::ECS::InstanceGroup': {
    ref: id('i', 17),
    attributes: {
      HostNames: ['i{lower:22:host}Z'],
      InnerIps: [],
      InstanceIds: ['{ref}'],
      OrderId: '',
      PrivateIps: ['192.0.2.{octet}'],
      PublicIps: ['203.0.113.{octet}'],
      RelatedOrderIds: [],
      ZoneIds: ['{$ZoneId|{region}-b}'],
    },
  },
  'ALIYUN::ECS::Disk': { ref: id('d', 17), attributes: { DiskId: '{ref}', Status: 'Available' } },
  'ALIYUN::ECS::DiskAttachment': {
    ref: '{$DiskId|{name}}',
    attributes: { Device: '/dev/xvdb', DiskId: '{$DiskId|}', Status: 'In_use' },
  },
  'ALIYUN::ECS::SSHKeyPair': {
    ref: '{$KeyPairName|{name}}',
    attributes: {
      KeyPairFingerPrint: '{hex:32}',
      KeyPairName: '{ref}',
      PrivateKeyBody: 'sandbox-private-key-of-no-value',
    },
  },
  'ALIYUN::ECS::LaunchTemplate': {
    ref: id('lt', 17),
    attributes: {
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      LaunchTemplateId: '{ref}',
      LaunchTemplateName: '{$LaunchTemplateName|{name}}',
    },
  },
  'ALIYUN::ECS::Command': idOnly('c', 17, 'CommandId'),
  'ALIYUN::FC3::Function': {
    ref: '{$FunctionName|{name}}',
    attributes: {
      ARN: 'acs:fc:{region}:{account}:functions/{ref}',
      FunctionId: '{uuid}',
      FunctionName: '{ref}',
    },
  },
}

const storage: Readonly<Record<string, ReturnValues>> = {
  'ALIYUN::OSS::Bucket': {
    ref: '{$BucketName|{name:lower}}',
    attributes: {
      Arn: 'acs:oss:{region}:{account}:{ref}',
      DomainName: '{ref}.oss-{region}.aliyuncs.com',
      InternalDomainName: '{ref}.oss-{region}-internal.aliyuncs.com',
      Name: '{ref}',
    },
  },
  'ALIYUN::NAS::FileSystem': { ref: '{hex:10}', attributes: { FileSystemId: '{ref}' } },
  'ALIYUN::NAS::MountTarget': {
    ref: '{$FileSystemId|{hex:10}}-{lower:5}.{region}.nas.aliyuncs.com',
    attributes: { MountTargetDomain: '{ref}' },
  },
  'ALIYUN::RDS::DBInstance': {
    ref: id('rm', 14),
    attributes: {
      DBInstanceId: '{ref}',
      InnerConnectionString: '{ref}.{databaseHost}.rds.aliyuncs.com',
      InnerIPAddress: '192.0.2.{octet}',
      InnerPort: '{databasePort}',
      PublicConnectionString: '{ref}o.{databaseHost}.rds.aliyuncs.com',
      PublicIPAddress: '203.0.113.{octet}',
      PublicPort: '{databasePort}',
    },
  },
  'ALIYUN::RDS::Account': { ref: '{$AccountName|{name}}', attributes: { AccountName: '{ref}' } },
  'ALIYUN::RDS::Database': {
    ref: '{$DBName|{name}}',
    attributes: { DBInstanceId: '{$DBInstanceId|}', DBName: '{ref}' },
  },
  'ALIYUN::REDIS::Instance': {
    ref: id('r', 14),
    attributes: { ConnectionDomain: '{ref}.redis.rds.aliyuncs.com', InstanceId: '{ref}', Port: 6379 },
  },
}

const access: Readonly<Record<string, ReturnValues>> = {
  'ALIYUN::RAM::Role': {
    ref: '{$RoleName|{name}}',
    attributes: { Arn: 'acs:ram::{account}:role/{ref:lower}', RoleId: '{digits:18}', RoleName: '{ref}' },
  },
  'ALIYUN::RAM::User': {
    ref: '{$UserName|{name}}',
    attributes: {
      CreateDate: '2026-01-01T00:00:00Z',
      LastLoginDate: '',
      UserId: '{digits:18}',
      UserName: '{ref}',
    },
  },
  'ALIYUN::RAM::Group': { ref: '{$GroupName|{name}}', attributes: { GroupName: '{ref}' } },
  'ALIYUN::RAM::ManagedPolicy': { ref: '{$PolicyName|{name}}', attributes: { PolicyName: '{ref}' } },
  'ALIYUN::RAM::AccessKey': {
    ref: 'LTAI{upper:20}',
    attributes: { AccessKeyId: '{ref}', AccessKeySecret: 'sandbox-secret-of-no-value', Status: 'Active' },
  },
}

export const RETURN_VALUES: ReadonlyMap<string, ReturnValues> = new Map(
  [network, compute, storage, access].flatMap((table) => Object.entries(table)),
)
