import { isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'
import type { Environment } from '../platform/settings.ts'
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
  /** Properties of a custom resource. */
  readonly properties: JsonObject
  /** Environment variables that the bridge and the cloud's own command line read. */
  readonly environment: Readonly<Record<string, string>>
}

/** The embedded clouds on loopback, and how to connect custom resources to them. */
export interface SandboxClouds {
  readonly connections: readonly SandboxConnection[]
  /** The properties with the address, region and keys of the embedded cloud. */
  connectedProperties(resourceType: string, properties: JsonObject): JsonObject
  /** The same for an event. */
  connectedEvent(event: JsonObject): JsonObject
  /** How many stacks exist in all of them. */
  stackCount(): number
  close(): Promise<void>
}

export interface SandboxCloudsOptions {
  /** How long a resource takes in the embedded CloudFormation and ROS, milliseconds; in Heat the template says it. */
  readonly resourceDelayMs: number
  /** Fixed ports; the others are free ports. */
  readonly ports?: Readonly<Partial<Record<SandboxCloudName, number>>>
}

interface SandboxCloud {
  readonly connection: SandboxConnection
  /** Whether it serves this resource type (without `Custom::`) or value of the property `Provider`. */
  readonly serves: (name: string) => boolean
  readonly stackCount: () => number
  readonly close: () => Promise<void>
}

/** Settings for the embedded clouds: they are faster than real ones, and on loopback any credential may be sent. */
export function sandboxSettings(environment: Environment): Environment {
  return { STACKBRIDGE_POLL_MIN_MS: '200', STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1', ...environment }
}

export const AWS_TYPE = 'Custom::AwsCloudFormationStack'
export const HEAT_TYPE = 'Custom::HeatStack'

/** Starts all clouds. If a port cannot be used, closes the started ones and rejects with the server's error. */
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
  const connectedProperties = (resourceType: string, properties: JsonObject): JsonObject => {
    const names: JsonValue[] = [resourceType, properties['Provider'] ?? '']
    const cloud = clouds.find(({ serves }) =>
      names.some((name) => typeof name === 'string' && serves(name.replace(/^Custom::/, ''))),
    )
    // An event file may omit its type; `completeEvent` then sets the type of AWS.
    return { ...properties, ...(cloud ?? clouds[0])?.connection.properties }
  }
  return {
    connections: clouds.map(({ connection }) => connection),
    connectedProperties,
    connectedEvent(event) {
      const { ResourceType, ResourceProperties = {} } = event
      const type = typeof ResourceType === 'string' ? ResourceType : ''
      return {
        ...event,
        ResourceProperties: connectedProperties(
          type,
          isJsonObject(ResourceProperties) ? ResourceProperties : {},
        ),
      }
    },
    stackCount: () => clouds.reduce((sum, cloud) => sum + cloud.stackCount(), 0),
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
    stackCount: () => existingIn(aws.cloud.stacks),
    close: () => aws.close(),
  }
}

function existingIn(stacks: ReadonlyMap<string, { readonly status: string }>): number {
  return [...stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE').length
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
    stackCount: () => [...openstack.heat.stacks.values()].filter(({ action }) => action !== 'DELETE').length,
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
    stackCount() {
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
    stackCount: () => existingIn(aliyun.cloud.stacks),
    close: () => aliyun.close(),
  }
}
