import type {
  CloudFormationClient,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-cloudformation'
import type { Command, HttpHandlerOptions } from '@smithy/types'
import { CallScope } from '../../../platform/call-scope.ts'
import type { Network } from '../../../platform/network.ts'

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

/** One event's calls of a client that other events share. Giving up the event ends only its own calls. */
export function callsFor(network: Network, client: CloudFormationClient): Calls {
  const options = (): HttpHandlerOptions =>
    network instanceof CallScope ? { abortSignal: network.signal } : {}
  return { config: client.config, send: (command) => client.send(command, options()) }
}

/** The key under which clients are shared. */
export function sharedNetwork(network: Network): Network {
  return network instanceof CallScope ? network.process : network
}
