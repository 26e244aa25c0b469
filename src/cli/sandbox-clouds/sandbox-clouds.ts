import { embeddedOutputStores } from '../../sandbox/alibaba-cloud/secrets/embedded-output-stores.ts'
import type { LocalBridgeOptions } from '../local-bridge/local-bridge.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { Environment } from '../../platform/settings.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import type { Service } from '../../providers/service.ts'
import type { EmbeddedCloud, StartedCloud } from './embedded-cloud.ts'
import type { Renderer } from '../report.ts'
import { EMBEDDED_CLOUDS, type SandboxCloudName } from './embedded-clouds.ts'
import { UsageError } from '../usage-error.ts'

/** How to reach one of the embedded clouds. */
export interface SandboxConnection extends Pick<StartedCloud, 'url' | 'properties' | 'environment'> {
  readonly cloud: SandboxCloudName
}

/** The embedded clouds on loopback, and how to connect custom resources to them. */
export interface SandboxClouds {
  readonly connections: readonly SandboxConnection[]
  /**
   * The properties with the embedded cloud's address, keys and region in the place of any others; the embedded ROS and
   * CloudFormation have all regions. Throws `UsageError` for a service that has no embedded cloud: its own would be reached.
   */
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
  /** Told what an embedded cloud invents; nobody by default. */
  readonly note?: (cloud: SandboxCloudName, note: string) => void
}

/**
 * For a bridge that serves embedded clouds alone. They are faster than real ones, and on loopback any credential may be sent.
 * `StoredOutputs` stay in this process: the environment may have keys of a real account.
 */
export function sandboxBridge(
  environment: Environment,
): Required<Pick<LocalBridgeOptions, 'environment' | 'outputStores'>> {
  return {
    environment: { STACKBRIDGE_POLL_MIN_MS: '200', STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1', ...environment },
    outputStores: embeddedOutputStores(),
  }
}

/** For `note`: shows what an embedded cloud invents. */
export function noteTo(renderer: Renderer): (cloud: SandboxCloudName, note: string) => void {
  return (cloud, note) => {
    renderer.report({ type: 'sandbox-note', cloud, note })
  }
}

export const AWS_TYPE = 'Custom::AwsCloudFormationStack'
export const HEAT_TYPE = 'Custom::HeatStack'

/** Starts all clouds. If a port cannot be used, closes the started ones and rejects with the server's error. */
export async function startSandboxClouds(options: SandboxCloudsOptions): Promise<SandboxClouds> {
  const { resourceDelayMs, ports = {}, note } = options
  const started = await Promise.allSettled(
    EMBEDDED_CLOUDS.map(async (cloud) => ({
      cloud,
      running: await cloud.start({
        resourceDelayMs,
        port: ports[cloud.name] ?? 0,
        note: (text) => note?.(cloud.name, text),
      }),
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
  const connectedProperties = (resourceType: string, properties: JsonObject): JsonObject => {
    const service = serviceOf(resourceType === '' ? AWS_TYPE : resourceType, properties['Provider'])
    // The bridge refuses it.
    if (service === undefined) return properties
    const one = clouds.find(({ cloud }) => serves(cloud, service))
    if (one === undefined)
      throw new UsageError(`There is no embedded cloud for ${service.name}; leave out --sandbox`)
    const { properties: connection, keptProperties }: StartedCloud = one.running
    const kept = Object.entries(properties).filter(([name]) => keptProperties.includes(name))
    return { ...properties, ...connection, ...Object.fromEntries(kept) }
  }
  return {
    connections: clouds.map(({ cloud, running: { url, properties, environment } }) => ({
      cloud: cloud.name,
      url,
      properties,
      environment,
    })),
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
    stackCount: () => clouds.reduce((sum, { running }) => sum + running.stackCount(), 0),
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
