import { isJsonObject, type JsonObject } from '../platform/json.ts'
import { startSandboxCloudFormation } from '../sandbox/aws-cloudformation/server.ts'
import { startSandboxOpenStack } from '../sandbox/openstack/server.ts'

/** How to reach one of the embedded clouds. */
export interface SandboxConnection {
  readonly cloud: SandboxCloudName
  readonly url: string
  /** For the properties of a custom resource. */
  readonly properties: JsonObject
  /** For the environment: what the bridge reads, and the cloud's own command line too. */
  readonly environment: Readonly<Record<string, string>>
}

export type SandboxCloudName = 'aws' | 'openstack'

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

export async function startSandboxClouds({
  resourceDelayMs,
  ports = {},
}: SandboxCloudsOptions): Promise<SandboxClouds> {
  const aws = await startSandboxCloudFormation({ resourceDelayMs, port: ports.aws ?? 0 })
  const openstack = await startSandboxOpenStack({ port: ports.openstack ?? 0 }).catch(
    async (error: unknown) => {
      await aws.close()
      throw error
    },
  )
  const awsConnection: SandboxConnection = {
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
  }
  const { applicationCredentialId, applicationCredentialSecret } = openstack.user
  const openStackConnection: SandboxConnection = {
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
  }
  const pointed = (resourceType: string, properties: JsonObject): JsonObject => {
    const isHeat = HEAT_TYPES.includes(resourceType) || properties['Provider'] === 'Heat'
    return { ...properties, ...(isHeat ? openStackConnection : awsConnection).properties }
  }
  return {
    connections: [awsConnection, openStackConnection],
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
      const inAws = [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
      const inHeat = [...openstack.heat.stacks.values()].filter(({ action }) => action !== 'DELETE')
      return inAws.length + inHeat.length
    },
    async close() {
      await Promise.all([aws.close(), openstack.close()])
    },
  }
}
