import { createHash } from 'node:crypto'
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { Network } from '../../../platform/network.ts'

/** The most clients that are kept. */
const MOST_CLIENTS = 100
/** The key contains the credentials, so only events that have them share the client. */
const clients = new WeakMap<Network, Map<string, CloudFormationClient>>()

/**
 * The one client of this process for the network and `keyParts` (JSON), made where there is none yet. A client takes
 * 24 KB, more than everything else that a waiting operation needs.
 */
export function sharedClient(
  network: Network,
  keyParts: readonly unknown[],
  create: (network: Network) => CloudFormationClient,
): CloudFormationClient {
  const known = clients.get(network) ?? new Map<string, CloudFormationClient>()
  clients.set(network, known)
  // A hash, since a heap dump should not show credentials as keys of a map.
  const key = createHash('sha256').update(JSON.stringify(keyParts)).digest('hex')
  const client = known.get(key) ?? create(network)
  known.delete(key)
  known.set(key, client)
  const [oldest] = known.keys()
  if (known.size > MOST_CLIENTS && oldest !== undefined) known.delete(oldest)
  return client
}
