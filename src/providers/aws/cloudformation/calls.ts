import type {
  CloudFormationClient,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-cloudformation'
import type { Command, HttpHandlerOptions } from '@smithy/types'
import { CallScope } from '../../../platform/call-scope.ts'
import type { Network } from '../../../platform/network.ts'
import type { RoleAssumer } from './assumed-role.ts'

type Sendable<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Command<
  ServiceInputTypes,
  Input,
  ServiceOutputTypes,
  Output,
  CloudFormationClient['config']
>

/** A client's calls for one event. */
export interface Calls {
  readonly config: CloudFormationClient['config']
  send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: Sendable<Input, Output>,
  ): Promise<Output>
}

/**
 * One event's calls of a client that other events share, which is made with the first call. Giving up the event ends only its own
 * calls.
 */
export function callsFor(network: Network, create: () => CloudFormationClient): Calls {
  let client: CloudFormationClient | undefined
  const current = (): CloudFormationClient => (client ??= create())
  return {
    get config() {
      return current().config
    },
    send: (command) => current().send(command, optionsFor(network)),
  }
}

/**
 * One event's calls in a role. A session can be revoked, or expire earlier by the cloud's clock than by ours: then the call is
 * repeated once with a new one, and a new client, since a client keeps its session.
 */
export function callsInRole(
  network: Network,
  create: () => CloudFormationClient,
  { dropsRefused }: Pick<RoleAssumer, 'dropsRefused'>,
): Calls {
  let client: CloudFormationClient | undefined
  const current = (): CloudFormationClient => (client ??= create())
  return {
    get config() {
      return current().config
    },
    async send(command) {
      try {
        return await current().send(command, optionsFor(network))
      } catch (error) {
        if (!dropsRefused(error)) throw error
        client = create()
        return client.send(command, optionsFor(network))
      }
    },
  }
}

function optionsFor(network: Network): HttpHandlerOptions {
  return network instanceof CallScope ? { abortSignal: network.signal } : {}
}

/** The key under which clients are shared. */
export function sharedNetwork(network: Network): Network {
  return network instanceof CallScope ? network.process : network
}
