import { SANDBOX_CLOUDS } from '../sandbox-clouds/embedded-clouds.ts'
import {
  startSandboxClouds,
  type SandboxClouds,
  type SandboxCloudsOptions,
} from '../sandbox-clouds/sandbox-clouds.ts'
import type { StackState } from './stack-state.ts'

/**
 * Starts the embedded clouds at the ports that the stack's events were sent to before: the ports are in the events' properties, and
 * the PhysicalResourceId of stack instances depends on those. Takes free ports where another program has one of them.
 */
export async function startEmbeddedClouds(
  { ports = {} }: Pick<StackState, 'ports'>,
  options: Omit<SandboxCloudsOptions, 'ports'>,
): Promise<SandboxClouds> {
  const known = SANDBOX_CLOUDS.flatMap((cloud): [string, number][] => {
    const port = ports[cloud]
    return port === undefined ? [] : [[cloud, port]]
  })
  try {
    return await startSandboxClouds({ ...options, ports: Object.fromEntries(known) })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    return await startSandboxClouds(options)
  }
}

export function portsOf({ connections }: SandboxClouds): NonNullable<StackState['ports']> {
  return Object.fromEntries(connections.map(({ cloud, url }) => [cloud, Number(new URL(url).port)]))
}
