import { CloudError, type Owner, type Surroundings } from '../../provider.ts'
import type { RosClient } from './client.ts'
import { depthIn } from './marks.ts'

export const DEFAULT_MAX_DEPTH = 3

/**
 * How many stacks that bridges made are nested from the outermost to the one that this resource creates. Without a
 * limit, a stack whose template contains the same resource again would nest without end.
 *
 * The tags of the ROS stack that holds the resource show the depth, where these clients can read it. In an endless
 * chain they can, since each stack makes the next one with the same keys. Throws a `CloudError` for a chain that is too
 * long.
 */
export async function depthOfNewStack(
  owner: Owner,
  clients: readonly RosClient[],
  maxDepth: number,
  log: Surroundings['log'],
): Promise<number> {
  const depth = 1 + (await depthOfOwner(owner, clients, log))
  if (depth <= maxDepth) return depth
  throw new CloudError(
    'rejected',
    `The ROS stack ${owner.rosStackId} was itself made by a resource like ${owner.logicalResourceId}, ` +
      `as one of ${String(depth - 1)} within each other, and MaxDepth allows ${String(maxDepth)}: ` +
      'its template may contain itself',
  )
}

async function depthOfOwner(
  owner: Owner,
  clients: readonly RosClient[],
  log: Surroundings['log'],
): Promise<number> {
  for (const client of clients) {
    const depth = await depthAsSeenBy(client, owner.rosStackId, log)
    if (depth !== undefined) return depth
  }
  return 0
}

async function depthAsSeenBy(
  client: RosClient,
  stackId: string,
  log: Surroundings['log'],
): Promise<number | undefined> {
  try {
    const stack = await client.stack(stackId, { outputs: false })
    if (stack === undefined) return undefined
    const own = depthIn(stack.Tags)
    const root = stack.RootStackId ?? stackId
    if (own > 0 || root === stackId) return own
    return depthIn((await client.stack(root, { outputs: false }))?.Tags ?? [])
  } catch (error) {
    if (!(error instanceof CloudError) || error.kind === 'throttled' || error.kind === 'unavailable')
      throw error
    log.info({ err: error }, 'whether this ROS stack was made by a bridge cannot be seen')
    return undefined
  }
}
