import type { ServiceSetup } from '../../session/bound-service.ts'
import type { NamedStack } from '../../session/named-stack.ts'
import type { RosClient } from './client.ts'
import type { Identity } from './credentials.ts'
import type { StackProperties } from './properties.ts'
import type { RosStackId } from './stack-id.ts'

/** The input of a session: one request, its client and the properties. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: RosClient
  readonly identity: Identity
  readonly region: string
  readonly stack: NamedStack<RosStackId>
  readonly deletion: Deletion
  readonly depth: Depth
}

export interface Deletion {
  readonly ramRoleName: string | undefined
  readonly retain: readonly string[]
  readonly retainAll: boolean | undefined
  readonly options: readonly string[] | undefined
  /** The means that the bridge tries, in this order, after a deletion has failed. */
  readonly onDeleteFailed: readonly ('retry' | 'retain')[]
}

export interface Depth {
  readonly max: number
  /** Clients that may be able to read the ROS stack that holds the resource, the most likely first. */
  readonly readers: readonly RosClient[]
}
