import type { ServiceSetup } from '../../session/bound-service.ts'
import type { HeatClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { HeatStackId } from './stack-id.ts'

/** The input of a session: one request, its client and the properties. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: HeatClient
  /** The stack that ROS's id names, or else the name that the properties ask for. */
  readonly stack:
    { readonly by: 'id'; readonly id: HeatStackId } | { readonly by: 'name'; readonly name: string }
  readonly deleteAttempts: number
}
