import type { ServiceSetup } from '../../session/bound-service.ts'
import type { AosClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { AosStackId } from './stack-id.ts'

/** The input of a session: one request, its client and the properties. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: AosClient
  readonly region: string
  /** The stack that ROS's id names, or else a name. `derived`: the bridge derived the name, so it is a mark itself. */
  readonly stack:
    | { readonly by: 'id'; readonly id: AosStackId }
    | { readonly by: 'name'; readonly name: string; readonly derived: boolean }
  readonly marksByLabels: boolean
  /** The means that the bridge tries, in this order, after a deletion has failed. */
  readonly onDeleteFailed: readonly ('retry' | 'force')[]
}
