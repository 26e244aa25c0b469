import type { JsonObject } from '../platform/json.ts'
import { startSandboxAliyunRos } from '../sandbox/aliyun-ros/server.ts'
import { startSandboxCloudFormation } from '../sandbox/aws-cloudformation/server.ts'
import { startSandboxOpenStack } from '../sandbox/openstack/server.ts'

/** The embedded clouds on loopback, as custom resources are pointed at them. */
export interface SandboxClouds {
  /** The properties with the embedded cloud's address and keys in the place of any others. */
  pointed(resourceType: string, properties: JsonObject): JsonObject
  /** How many stacks stand in all of them. */
  standing(): number
  close(): Promise<void>
}

export const AWS_TYPE = 'Custom::AwsCloudFormationStack'
export const HEAT_TYPE = 'Custom::HeatStack'
const ROS_TYPE = 'Custom::RosStack'
const HEAT_TYPES = [HEAT_TYPE, 'Custom::OpenStackHeatStack']

/** `resourceDelayMs`: how long a resource takes in the embedded CloudFormation and ROS; Heat's templates say it themselves. */
export async function startSandboxClouds(resourceDelayMs: number): Promise<SandboxClouds> {
  const [aws, openstack, aliyun] = await Promise.all([
    startSandboxCloudFormation({ resourceDelayMs }),
    startSandboxOpenStack(),
    startSandboxAliyunRos({ resourceDelayMs }),
  ])
  const awsConnection = {
    AccessKeyId: aws.key.accessKeyId,
    AccessKeySecret: aws.key.secretAccessKey,
    RegionId: aws.region,
    Endpoint: aws.url,
  }
  const heatConnection = {
    Auth: {
      AuthUrl: openstack.authUrl,
      ApplicationCredentialId: openstack.user.applicationCredentialId,
      ApplicationCredentialSecret: openstack.user.applicationCredentialSecret,
    },
    RegionName: openstack.region,
  }
  const rosConnection = {
    AccessKeyId: aliyun.key.accessKeyId,
    AccessKeySecret: aliyun.key.accessKeySecret,
    RegionId: aliyun.region,
    Endpoint: aliyun.url,
    StsEndpoint: aliyun.url,
  }
  return {
    pointed(resourceType, properties) {
      const isHeat = HEAT_TYPES.includes(resourceType) || properties['Provider'] === 'Heat'
      const isRos = resourceType === ROS_TYPE || properties['Provider'] === 'AliyunRos'
      return { ...properties, ...(isHeat ? heatConnection : isRos ? rosConnection : awsConnection) }
    },
    standing() {
      const inAws = [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
      const inHeat = [...openstack.heat.stacks.values()].filter(({ action }) => action !== 'DELETE')
      const inRos = [...aliyun.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
      return inAws.length + inHeat.length + inRos.length
    },
    async close() {
      await Promise.all([aws.close(), openstack.close(), aliyun.close()])
    },
  }
}
