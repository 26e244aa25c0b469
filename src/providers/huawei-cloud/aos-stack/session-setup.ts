import type { ServiceSetup } from '../../session/bound-service.ts'
import type { AosClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { AosStackId } from './stack-id.ts'

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: AosClient
  readonly region: string
  /** The stack that ROS's id names, or else a name; `derived`: the bridge has made it, so that it is a mark itself. */
  readonly stack:
    | { readonly by: 'id'; readonly id: AosStackId }
    | { readonly by: 'name'; readonly name: string; readonly derived: boolean }
  readonly marksByLabels: boolean
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'force')[]
}
