import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { Network } from '../../../platform/network.ts'
import type { Owner, Surroundings } from '../../provider.ts'
import { roleAssumer } from './assumed-role.ts'
import { callsFor, callsInRole, sharedNetwork, type Calls } from './calls.ts'
import { basicConfig } from './basic-config.ts'
import { credentialsOf } from './credentials.ts'
import type { Connection } from './properties.ts'
import { sharedClient } from './shared-client.ts'

/** The calls of one event; events with the same keys share a client. It is made with the first call. */
export function createClient(
  connection: Connection,
  region: string,
  owner: Owner,
  surroundings: Surroundings,
): Calls {
  const { network } = surroundings
  const endpoint = connection.Endpoint
  const assumer = roleAssumer(region, surroundings)
  const credentials = credentialsOf(connection, owner, surroundings, assumer.assume)
  const create = (over: Network): CloudFormationClient =>
    new CloudFormationClient({
      ...basicConfig(region, over),
      credentials,
      ...(endpoint === undefined ? {} : { endpoint }),
    })
  // Clients with a role are not shared between resources, since the role's session has the resource's name.
  if (typeof credentials === 'function') return callsInRole(network, () => create(network), assumer)
  const keyParts = [region, endpoint, credentials]
  return callsFor(network, () => sharedClient(sharedNetwork(network), keyParts, create))
}
