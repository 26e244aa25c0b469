import type { ServiceSetup } from '../../session/bound-service.ts'
import type { NamedStack } from '../../session/named-stack.ts'
import type { HeatClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { HeatStackId } from './stack-id.ts'

/** The input of a session: one request, its client and the properties. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: HeatClient
  readonly stack: NamedStack<HeatStackId>
  readonly deleteAttempts: number
}
