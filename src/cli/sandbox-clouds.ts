import { isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../sandbox/aws-cloudformation/server.ts'
import { startSandboxHuaweiCloud, type SandboxHuaweiCloud } from '../sandbox/huawei-cloud/server.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../sandbox/openstack/server.ts'

/** How to reach one of the embedded clouds. */
export interface SandboxConnection {
  readonly cloud: SandboxCloudName
  readonly url: string
  /** For the properties of a custom resource. */
  readonly properties: JsonObject
  /** For the environment: what the bridge reads, and the cloud's own command line too. */
  readonly environment: Readonly<Record<string, string>>
}

export type SandboxCloudName = 'aws' | 'openstack' | 'huawei'

/** The embedded clouds on loopback, as custom resources are pointed at them. */
export interface SandboxClouds {
  readonly connections: readonly SandboxConnection[]
  /** The properties with the embedded cloud's address and keys in the place of any others. */
  pointed(resourceType: string, properties: JsonObject): JsonObject
  /** The same for an event. */
  pointedEvent(event: JsonObject): JsonObject
  /** How many stacks stand in all of them. */
  standing(): number
  close(): Promise<void>
}

export interface SandboxCloudsOptions {
  /** How long a resource takes in the embedded CloudFormation, milliseconds; Heat's templates say it themselves. */
  readonly resourceDelayMs: number
  /** Any free one where none is given. */
  readonly ports?: Readonly<Partial<Record<SandboxCloudName, number>>>
}

export const AWS_TYPE = 'Custom::AwsCloudFormationStack'
export const HEAT_TYPE = 'Custom::HeatStack'
const HEAT_TYPES = [HEAT_TYPE, 'Custom::OpenStackHeatStack']
/** Each resource type of Huawei Cloud, and what `Provider` calls it. */
const HUAWEI_TYPE = /^(?:Custom::)?Huawei/

/** Rejects where a port is taken; then nothing is left running. */
export async function startSandboxClouds({
  resourceDelayMs,
  ports = {},
}: SandboxCloudsOptions): Promise<SandboxClouds> {
  const running: { close(): Promise<void> }[] = []
  const close = async () => {
    await Promise.all(running.map((cloud) => cloud.close()))
  }
  const start = async <Cloud extends { close(): Promise<void> }>(
    starting: Promise<Cloud>,
  ): Promise<Cloud> => {
    const cloud = await starting
    running.push(cloud)
    return cloud
  }
  try {
    const aws = await start(startSandboxCloudFormation({ resourceDelayMs, port: ports.aws ?? 0 }))
    const openstack = await start(startSandboxOpenStack({ port: ports.openstack ?? 0 }))
    const huawei = await start(startSandboxHuaweiCloud({ port: ports.huawei ?? 0 }))
    return { ...sandboxClouds(aws, openstack, huawei), close }
  } catch (error) {
    await close()
    throw error
  }
}

function sandboxClouds(
  aws: SandboxCloudFormation,
  openstack: SandboxOpenStack,
  huawei: SandboxHuaweiCloud,
): Omit<SandboxClouds, 'close'> {
  const inAws = awsConnection(aws)
  const inOpenStack = openStackConnection(openstack)
  const inHuawei = huaweiConnection(huawei)
  const connectionFor = (resourceType: string, provider: JsonValue | undefined): SandboxConnection => {
    if (HEAT_TYPES.includes(resourceType) || provider === 'Heat') return inOpenStack
    const isHuawei = [resourceType, provider].some(
      (name) => typeof name === 'string' && HUAWEI_TYPE.test(name),
    )
    return isHuawei ? inHuawei : inAws
  }
  const pointed = (resourceType: string, properties: JsonObject): JsonObject => ({
    ...properties,
    ...connectionFor(resourceType, properties['Provider']).properties,
  })
  return {
    connections: [inAws, inOpenStack, inHuawei],
    pointed,
    pointedEvent(event) {
      const { ResourceType, ResourceProperties = {} } = event
      const type = typeof ResourceType === 'string' ? ResourceType : ''
      return {
        ...event,
        ResourceProperties: pointed(type, isJsonObject(ResourceProperties) ? ResourceProperties : {}),
      }
    },
    standing() {
      const ofAws = [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
      const ofHeat = [...openstack.heat.stacks.values()].filter(({ action }) => action !== 'DELETE')
      return ofAws.length + ofHeat.length + huawei.rfs.stacks.size + huawei.aos.stacks.size
    },
  }
}

function awsConnection({ url, key, region }: SandboxCloudFormation): SandboxConnection {
  return {
    cloud: 'aws',
    url,
    properties: {
      AccessKeyId: key.accessKeyId,
      AccessKeySecret: key.secretAccessKey,
      RegionId: region,
      Endpoint: url,
    },
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    },
  }
}

function openStackConnection({ authUrl, user, region }: SandboxOpenStack): SandboxConnection {
  const { applicationCredentialId, applicationCredentialSecret } = user
  return {
    cloud: 'openstack',
    url: authUrl,
    properties: {
      Auth: {
        AuthUrl: authUrl,
        ApplicationCredentialId: applicationCredentialId,
        ApplicationCredentialSecret: applicationCredentialSecret,
      },
      RegionName: region,
    },
    environment: {
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_AUTH_URL: authUrl,
      OS_REGION_NAME: region,
      OS_APPLICATION_CREDENTIAL_ID: applicationCredentialId,
      OS_APPLICATION_CREDENTIAL_SECRET: applicationCredentialSecret,
    },
  }
}

/** Huawei's tools have no variable for a service's address, so that only properties can point at this one. */
function huaweiConnection({ url, keys, region }: SandboxHuaweiCloud): SandboxConnection {
  return {
    cloud: 'huawei',
    url,
    properties: {
      Auth: { AuthUrl: url, AccessKey: keys.accessKey, SecretKey: keys.secretKey },
      Region: region,
      Endpoint: url,
    },
    environment: {},
  }
}
