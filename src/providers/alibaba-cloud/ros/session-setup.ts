import type { ServiceSetup } from '../../session/bound-service.ts'
import type { RosClient } from './client.ts'
import type { Identity } from './credentials.ts'
import type { StackProperties } from './properties.ts'
import type { RosStackId } from './stack-id.ts'

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: RosClient
  readonly identity: Identity
  readonly region: string
  /** The stack that ROS's id names, or else the name that is asked for. */
  readonly stack:
    { readonly by: 'id'; readonly id: RosStackId } | { readonly by: 'name'; readonly name: string }
  readonly deletion: Deletion
  readonly depth: Depth
}

export interface Deletion {
  readonly ramRoleName: string | undefined
  readonly retain: readonly string[]
  readonly retainAll: boolean | undefined
  readonly options: readonly string[] | undefined
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'retain')[]
}

export interface Depth {
  readonly max: number
  /** Clients that may be able to read the ROS stack that holds the resource, likeliest first. */
  readonly readers: readonly RosClient[]
}
