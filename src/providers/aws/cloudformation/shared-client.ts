import { createHash } from 'node:crypto'
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { Network } from '../../../platform/network.ts'

/** Who has more than these has no use for sharing. */
const MOST_CLIENTS = 100
/** By network, and by all that a client is made of: who does not have the credentials cannot get at it. */
const clients = new WeakMap<Network, Map<string, CloudFormationClient>>()

/**
 * The one client of this process for the network and `ingredients` (JSON), made where there is none yet. A client takes
 * 24 KB, more than all else that a waiting operation needs.
 */
export function sharedClient(
  network: Network,
  ingredients: readonly unknown[],
  create: () => CloudFormationClient,
): CloudFormationClient {
  const known = clients.get(network) ?? new Map<string, CloudFormationClient>()
  clients.set(network, known)
  // A hash, since a heap dump should not show credentials as keys of a map.
  const key = createHash('sha256').update(JSON.stringify(ingredients)).digest('hex')
  const client = known.get(key) ?? create()
  known.delete(key)
  known.set(key, client)
  const [oldest] = known.keys()
  if (known.size > MOST_CLIENTS && oldest !== undefined) known.delete(oldest)
  return client
}
