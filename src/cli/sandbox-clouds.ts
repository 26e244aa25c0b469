import { isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'
import { startSandboxAliyunRos } from '../sandbox/alibaba-cloud/ros/server.ts'
import { startSandboxCloudFormation } from '../sandbox/aws/cloudformation/server.ts'
import { startSandboxHuaweiCloud } from '../sandbox/huawei-cloud/server.ts'
import { startSandboxOpenStack } from '../sandbox/openstack/server.ts'

export const SANDBOX_CLOUDS = ['aws', 'openstack', 'huawei', 'aliyun'] as const
export type SandboxCloudName = (typeof SANDBOX_CLOUDS)[number]

/** How to reach one of the embedded clouds. */
export interface SandboxConnection {
  readonly cloud: SandboxCloudName
  readonly url: string
  /** For the properties of a custom resource. */
  readonly properties: JsonObject
  /** For the environment: what the bridge reads, and the cloud's own command line too. */
  readonly environment: Readonly<Record<string, string>>
}

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
  /** How long a resource takes in the embedded CloudFormation and ROS; Heat's templates say it themselves. */
  readonly resourceDelayMs: number
  /** Fixed ports in the place of free ones. */
  readonly ports?: Readonly<Partial<Record<SandboxCloudName, number>>>
}

interface SandboxCloud {
  readonly connection: SandboxConnection
  /** Whether it serves what a resource type, or the property Provider, is called. */
  readonly serves: (name: string) => boolean
  readonly standing: () => number
  readonly close: () => Promise<void>
}

export const AWS_TYPE = 'Custom::AwsCloudFormationStack'
export const HEAT_TYPE = 'Custom::HeatStack'

/**
 * Starts them all. Rejects with the server's own error where a port cannot be had, once those that had been started are
 * closed.
 */
export async function startSandboxClouds(options: SandboxCloudsOptions): Promise<SandboxClouds> {
  const starting = [startAws(options), startOpenStack(options), startHuawei(options), startAliyun(options)]
  const started = await Promise.allSettled(starting)
  const clouds = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const close = async (): Promise<void> => {
    await Promise.all(clouds.map((cloud) => cloud.close()))
  }
  const failure = started.find((one) => one.status === 'rejected')
  if (failure !== undefined) {
    await close()
    throw failure.reason
  }
  const pointed = (resourceType: string, properties: JsonObject): JsonObject => {
    const names: JsonValue[] = [resourceType, properties['Provider'] ?? '']
    const cloud = clouds.find(({ serves }) =>
      names.some((name) => typeof name === 'string' && serves(name.replace(/^Custom::/, ''))),
    )
    // An event file need not name its type: AWS's is what the command line completes it with.
    return { ...properties, ...(cloud ?? clouds[0])?.connection.properties }
  }
  return {
    connections: clouds.map(({ connection }) => connection),
    pointed,
    pointedEvent(event) {
      const { ResourceType, ResourceProperties = {} } = event
      const type = typeof ResourceType === 'string' ? ResourceType : ''
      return {
        ...event,
        ResourceProperties: pointed(type, isJsonObject(ResourceProperties) ? ResourceProperties : {}),
      }
    },
    standing: () => clouds.reduce((sum, cloud) => sum + cloud.standing(), 0),
    close,
  }
}

async function startAws({ resourceDelayMs, ports = {} }: SandboxCloudsOptions): Promise<SandboxCloud> {
  const aws = await startSandboxCloudFormation({ resourceDelayMs, port: ports.aws ?? 0 })
  return {
    connection: {
      cloud: 'aws',
      url: aws.url,
      properties: {
        AccessKeyId: aws.key.accessKeyId,
        AccessKeySecret: aws.key.secretAccessKey,
        RegionId: aws.region,
        Endpoint: aws.url,
      },
      environment: {
        AWS_ENDPOINT_URL: aws.url,
        AWS_REGION: aws.region,
        AWS_ACCESS_KEY_ID: aws.key.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.key.secretAccessKey,
      },
    },
    serves: (name) => name.startsWith('Aws'),
    standing: () =>
      [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE').length,
    close: () => aws.close(),
  }
}

async function startOpenStack({ ports = {} }: SandboxCloudsOptions): Promise<SandboxCloud> {
  const openstack = await startSandboxOpenStack({ port: ports.openstack ?? 0 })
  const { applicationCredentialId, applicationCredentialSecret } = openstack.user
  return {
    connection: {
      cloud: 'openstack',
      url: openstack.authUrl,
      properties: {
        Auth: {
          AuthUrl: openstack.authUrl,
          ApplicationCredentialId: applicationCredentialId,
          ApplicationCredentialSecret: applicationCredentialSecret,
        },
        RegionName: openstack.region,
      },
      environment: {
        OS_AUTH_TYPE: 'v3applicationcredential',
        OS_AUTH_URL: openstack.authUrl,
        OS_REGION_NAME: openstack.region,
        OS_APPLICATION_CREDENTIAL_ID: applicationCredentialId,
        OS_APPLICATION_CREDENTIAL_SECRET: applicationCredentialSecret,
      },
    },
    serves: (name) => name.startsWith('Heat') || name.startsWith('OpenStackHeat'),
    standing: () => [...openstack.heat.stacks.values()].filter(({ action }) => action !== 'DELETE').length,
    close: () => openstack.close(),
  }
}

async function startHuawei({ ports = {} }: SandboxCloudsOptions): Promise<SandboxCloud> {
  const huawei = await startSandboxHuaweiCloud({ port: ports.huawei ?? 0 })
  return {
    connection: {
      cloud: 'huawei',
      url: huawei.url,
      properties: {
        Auth: {
          AuthUrl: huawei.url,
          AccessKey: huawei.keys.accessKey,
          SecretKey: huawei.keys.secretKey,
        },
        Region: huawei.region,
        Endpoint: huawei.url,
      },
      environment: {
        HW_AUTH_URL: huawei.url,
        HW_REGION_NAME: huawei.region,
        HW_ACCESS_KEY: huawei.keys.accessKey,
        HW_SECRET_KEY: huawei.keys.secretKey,
        HW_PROJECT_ID: huawei.user.projectId,
      },
    },
    serves: (name) => name.startsWith('Huawei'),
    standing() {
      const { rfs, aos, stackSets } = huawei
      const instances = [...stackSets.sets.values()].flatMap((set) => [...set.instances])
      return rfs.stacks.size + aos.stacks.size + stackSets.sets.size + instances.length
    },
    close: () => huawei.close(),
  }
}

async function startAliyun({ resourceDelayMs, ports = {} }: SandboxCloudsOptions): Promise<SandboxCloud> {
  const aliyun = await startSandboxAliyunRos({ resourceDelayMs, port: ports.aliyun ?? 0 })
  return {
    connection: {
      cloud: 'aliyun',
      url: aliyun.url,
      properties: {
        AccessKeyId: aliyun.key.accessKeyId,
        AccessKeySecret: aliyun.key.accessKeySecret,
        RegionId: aliyun.region,
        Endpoint: aliyun.url,
        StsEndpoint: aliyun.url,
      },
      environment: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: aliyun.key.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: aliyun.key.accessKeySecret,
      },
    },
    serves: (name) => name === 'RosStack' || name === 'AliyunRos',
    standing: () =>
      [...aliyun.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE').length,
    close: () => aliyun.close(),
  }
}
