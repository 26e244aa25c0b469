import type { JsonObject, JsonValue } from '../platform/json.ts'
import { startSandboxCloudFormation } from '../sandbox/aws-cloudformation/server.ts'
import { startSandboxHuaweiCloud } from '../sandbox/huawei-cloud/server.ts'
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
const HEAT_TYPES = [HEAT_TYPE, 'Custom::OpenStackHeatStack']
/** Each resource type of Huawei Cloud, and what `Provider` calls it. */
const HUAWEI_TYPE = /^(?:Custom::)?Huawei/

/** `resourceDelayMs`: how long a resource takes in the embedded CloudFormation; Heat's templates say it themselves. */
export async function startSandboxClouds(resourceDelayMs: number): Promise<SandboxClouds> {
  const [aws, openstack, huawei] = await Promise.all([
    startSandboxCloudFormation({ resourceDelayMs }),
    startSandboxOpenStack(),
    startSandboxHuaweiCloud(),
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
  const huaweiConnection = {
    Auth: {
      AuthUrl: huawei.url,
      AccessKey: huawei.keys.accessKey,
      SecretKey: huawei.keys.secretKey,
    },
    Region: huawei.region,
    Endpoint: huawei.url,
  }
  const connectionOf = (resourceType: string, provider: JsonValue | undefined): JsonObject => {
    if (HEAT_TYPES.includes(resourceType) || provider === 'Heat') return heatConnection
    const isHuawei = [resourceType, provider].some(
      (name) => typeof name === 'string' && HUAWEI_TYPE.test(name),
    )
    return isHuawei ? huaweiConnection : awsConnection
  }
  return {
    pointed: (resourceType, properties) => ({
      ...properties,
      ...connectionOf(resourceType, properties['Provider']),
    }),
    standing() {
      const inAws = [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
      const inHeat = [...openstack.heat.stacks.values()].filter(({ action }) => action !== 'DELETE')
      const inSets = [...huawei.stackSets.sets.values()].flatMap(({ instances }) => [...instances])
      const inHuawei = huawei.rfs.stacks.size + huawei.stackSets.sets.size + inSets.length
      return inAws.length + inHeat.length + inHuawei
    },
    async close() {
      await Promise.all([aws.close(), openstack.close(), huawei.close()])
    },
  }
}
