import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackRequest, Surroundings } from '../../provider.ts'
import type { AosClient } from './client.ts'
import type { StackProperties } from './properties.ts'
import type { AosStackId } from './stack-id.ts'

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup {
  readonly client: AosClient
  readonly region: string
  readonly request: StackRequest
  readonly surroundings: Surroundings
  /** The stack that ROS's id names, or else a name; `derived`: the bridge has made it, so that it is a mark itself. */
  readonly stack:
    | { readonly by: 'id'; readonly id: AosStackId }
    | { readonly by: 'name'; readonly name: string; readonly derived: boolean }
  /** What a Create or Update asks for; a Delete asks for nothing. */
  readonly wanted: StackProperties | undefined
  readonly marksByLabels: boolean
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'force')[]
  readonly identityProblems: readonly PropertyProblem[]
}
