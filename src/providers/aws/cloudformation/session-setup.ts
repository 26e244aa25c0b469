import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { ServiceSetup } from '../../session/bound-service.ts'
import type { Connection, StackProperties } from './properties.ts'

/** What a session is made of: one request, its client and what the properties ask for. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: CloudFormationClient
  /** The ARN that ROS echoed, or else the name that is asked for. */
  readonly stack: { readonly by: 'id'; readonly arn: string } | { readonly by: 'name'; readonly name: string }
  readonly connection: Connection
  readonly deletion: Deletion
}

export interface Deletion {
  readonly roleArn: string | undefined
  readonly retain: readonly string[]
  readonly force: boolean
  /** What is tried, in this order, when a deletion has failed. */
  readonly ladder: readonly ('retry' | 'retain' | 'force')[]
}
