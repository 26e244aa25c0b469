import type { SandboxAliyunRos } from '../src/sandbox/alibaba-cloud/ros/server.ts'
import type { SandboxCloudFormation } from '../src/sandbox/aws/cloudformation/server.ts'
import type { SandboxHuaweiCloud } from '../src/sandbox/huawei-cloud/server.ts'
import type { SandboxOpenStack } from '../src/sandbox/openstack/server.ts'

/** The properties by which a custom resource connects to an embedded cloud. */

export function awsConnection({ key, region, url }: SandboxCloudFormation) {
  return {
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.secretAccessKey,
    RegionId: region,
    Endpoint: url,
  }
}

export function rosConnection({ key, region, url }: SandboxAliyunRos) {
  return {
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.accessKeySecret,
    RegionId: region,
    Endpoint: url,
    StsEndpoint: url,
  }
}

export function heatConnection({ authUrl, user, region }: SandboxOpenStack) {
  return {
    Auth: {
      AuthUrl: authUrl,
      Username: user.name,
      Password: user.password,
      UserDomainName: 'Default',
      ProjectId: user.projectId,
    },
    RegionName: region,
  }
}

export function rfsConnection({ keys, region, url }: SandboxHuaweiCloud) {
  return {
    Auth: { AccessKey: keys.accessKey, SecretKey: keys.secretKey, AuthUrl: url },
    Region: region,
    Endpoint: url,
  }
}

export function aosConnection({ user, region, url }: SandboxHuaweiCloud) {
  return {
    Auth: { UserName: user.name, Password: user.password, DomainName: user.domainName, AuthUrl: url },
    Region: region,
    Endpoint: url,
  }
}
