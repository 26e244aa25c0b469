import type { ServiceSetup } from '../../session/bound-service.ts'
import type { HeatClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { HeatStackId } from './stack-id.ts'

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: HeatClient
  /** The stack that ROS's id names, or else the name that is asked for. */
  readonly stack:
    { readonly by: 'id'; readonly id: HeatStackId } | { readonly by: 'name'; readonly name: string }
  readonly deleteAttempts: number
}
