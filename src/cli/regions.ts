import { systemClock } from '../platform/clock.ts'
import { createLogger } from '../platform/log.ts'
import { createNetwork } from '../platform/network.ts'
import { Secrets } from '../platform/secrets.ts'
import type { Environment } from '../platform/settings.ts'
import type { Region } from '../providers/alibaba-cloud/ros/client.ts'
import type { Connection } from '../providers/alibaba-cloud/ros/properties.ts'
import { listRegions } from '../providers/alibaba-cloud/ros/regions.ts'
import { startSandboxAliyunRos } from '../sandbox/alibaba-cloud/ros/server.ts'
import { localSettings } from './local-bridge/local-settings.ts'

export interface RegionsQuery {
  /** The endpoint of ROS; its own default if absent. */
  readonly endpoint?: string
  /** Whether to ask the embedded ROS. */
  readonly sandbox?: boolean
}

/** The regions that ROS names. Throws a `CloudError` if the call fails. */
export async function regionsFor(
  { endpoint, sandbox }: RegionsQuery,
  environment: Environment,
): Promise<readonly Region[]> {
  if (sandbox !== true) return ask(endpoint === undefined ? {} : { Endpoint: endpoint }, environment)
  const ros = await startSandboxAliyunRos()
  try {
    const { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret } = ros.key
    return await ask({ Endpoint: ros.url, AccessKeyId, AccessKeySecret }, environment)
  } finally {
    await ros.close()
  }
}

async function ask(connection: Connection, environment: Environment): Promise<readonly Region[]> {
  const network = createNetwork(localSettings(environment))
  const secrets = new Secrets()
  const log = createLogger({ level: 'silent', secrets })
  try {
    const surroundings = { clock: systemClock, random: Math.random, network, secrets, log, environment }
    return await listRegions(connection, surroundings)
  } finally {
    await network.close()
  }
}
