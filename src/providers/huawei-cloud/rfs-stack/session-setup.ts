import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackRequest, Surroundings } from '../../provider.ts'
import type { RfsClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { RfsStackId } from './stack-id.ts'

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup {
  readonly client: RfsClient
  readonly region: string
  readonly request: StackRequest
  readonly surroundings: Surroundings
  /** The stack that ROS's id names, or else the name that is asked for. */
  readonly stack:
    { readonly by: 'id'; readonly id: RfsStackId } | { readonly by: 'name'; readonly name: string }
  /** What a Create or Update asks for; a Delete asks for nothing. */
  readonly wanted: StackProperties | undefined
  readonly deletion: Deletion
  readonly continuesRollback: boolean
  readonly identityProblems: readonly PropertyProblem[]
}

export interface Deletion {
  readonly retain: boolean
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'retain')[]
}
