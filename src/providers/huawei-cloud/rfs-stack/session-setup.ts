import type { ServiceSetup } from '../../session/bound-service.ts'
import type { NamedStack } from '../../session/named-stack.ts'
import type { RfsClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { RfsStackId } from './stack-id.ts'

/** The input of a session: one request, its client and the properties. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: RfsClient
  readonly region: string
  readonly stack: NamedStack<RfsStackId>
  readonly deletion: Deletion
  readonly continuesRollback: boolean
}

export interface Deletion {
  readonly retain: boolean
  /** The means that the bridge tries, in this order, after a deletion has failed. */
  readonly onDeleteFailed: readonly ('retry' | 'retain')[]
}
