import { isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'
import { GENERIC_TYPE, servedProviders } from '../providers/registry.ts'
import type { Service } from '../providers/service.ts'
import { alibabaCloud } from './sandbox-clouds/alibaba-cloud.ts'
import { aws } from './sandbox-clouds/aws.ts'
import type { EmbeddedCloud, StartedCloud } from './sandbox-clouds/embedded-cloud.ts'
import { huaweiCloud } from './sandbox-clouds/huawei-cloud.ts'
import { openstack } from './sandbox-clouds/openstack.ts'
import { UsageError } from './usage-error.ts'

const EMBEDDED_CLOUDS = [aws, openstack, huaweiCloud, alibabaCloud] as const

export type SandboxCloudName = (typeof EMBEDDED_CLOUDS)[number]['name']
export const SANDBOX_CLOUDS: readonly SandboxCloudName[] = EMBEDDED_CLOUDS.map(({ name }) => name)

/** How to reach one of the embedded clouds. */
export interface SandboxConnection extends Pick<StartedCloud, 'url' | 'properties' | 'environment'> {
  readonly cloud: SandboxCloudName
}

/** The embedded clouds on loopback, as custom resources are pointed at them. */
export interface SandboxClouds {
  readonly connections: readonly SandboxConnection[]
  /**
   * The properties with the embedded cloud's address and keys in the place of any others. Throws `UsageError` for a service
   * that has no embedded cloud: its own would be reached.
   */
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

export const AWS_TYPE = 'Custom::AwsCloudFormationStack'
export const HEAT_TYPE = 'Custom::HeatStack'

/**
 * Starts them all. Rejects with the server's own error where a port cannot be had, once those that had been started are
 * closed.
 */
export async function startSandboxClouds(options: SandboxCloudsOptions): Promise<SandboxClouds> {
  const { resourceDelayMs, ports = {} } = options
  const started = await Promise.allSettled(
    EMBEDDED_CLOUDS.map(async (cloud) => ({
      cloud,
      running: await cloud.start({ resourceDelayMs, port: ports[cloud.name] ?? 0 }),
    })),
  )
  const clouds = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const close = async (): Promise<void> => {
    await Promise.all(clouds.map(({ running }) => running.close()))
  }
  const failure = started.find((one) => one.status === 'rejected')
  if (failure !== undefined) {
    await close()
    throw failure.reason
  }
  const pointed = (resourceType: string, properties: JsonObject): JsonObject => {
    const service = serviceOf(resourceType === '' ? AWS_TYPE : resourceType, properties['Provider'])
    // The bridge refuses it.
    if (service === undefined) return properties
    const one = clouds.find(({ cloud }) => serves(cloud, service))
    if (one === undefined)
      throw new UsageError(`There is no embedded cloud for ${service.name}; leave out --sandbox`)
    return { ...properties, ...one.running.properties }
  }
  return {
    connections: clouds.map(({ cloud, running: { url, properties, environment } }) => ({
      cloud: cloud.name,
      url,
      properties,
      environment,
    })),
    pointed,
    pointedEvent(event) {
      const { ResourceType, ResourceProperties = {} } = event
      const type = typeof ResourceType === 'string' ? ResourceType : ''
      return {
        ...event,
        ResourceProperties: pointed(type, isJsonObject(ResourceProperties) ? ResourceProperties : {}),
      }
    },
    standing: () => clouds.reduce((sum, { running }) => sum + running.standing(), 0),
    close,
  }
}

function serviceOf(resourceType: string, provider: JsonValue | undefined): Service | undefined {
  return servedProviders.find(({ name, resourceTypes }) =>
    resourceType === GENERIC_TYPE ? name === provider : resourceTypes.includes(resourceType),
  )
}

function serves({ vendor }: EmbeddedCloud, { folder }: Service): boolean {
  return folder.startsWith(`${vendor}/`)
}
