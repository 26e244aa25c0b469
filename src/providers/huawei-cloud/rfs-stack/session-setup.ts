import type { ServiceSetup } from '../../session/bound-service.ts'
import type { RfsClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { RfsStackId } from './stack-id.ts'

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: RfsClient
  readonly region: string
  /** The stack that ROS's id names, or else the name that is asked for. */
  readonly stack:
    { readonly by: 'id'; readonly id: RfsStackId } | { readonly by: 'name'; readonly name: string }
  readonly deletion: Deletion
  readonly continuesRollback: boolean
}

export interface Deletion {
  readonly retain: boolean
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'retain')[]
}
