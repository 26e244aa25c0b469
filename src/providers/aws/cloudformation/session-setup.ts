import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { StackRequest, StackSession, Surroundings } from '../../provider.ts'
import type { AwsProperties, Connection } from './properties.ts'

/** What a Create or Update asks for; a Delete asks for nothing. */
export type Wanted = AwsProperties['Stack'] | undefined

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup {
  readonly client: CloudFormationClient
  readonly request: StackRequest
  readonly surroundings: Surroundings
  /** The ARN that ROS echoed, or else the name that is asked for. */
  readonly stack: { readonly by: 'id'; readonly arn: string } | { readonly by: 'name'; readonly name: string }
  readonly wanted: Wanted
  readonly connection: Connection
  readonly deletion: Deletion
  readonly identityProblems: StackSession['identityProblems']
}

export interface Deletion {
  readonly roleArn: string | undefined
  readonly retain: readonly string[]
  readonly force: boolean
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'retain' | 'force')[]
}
