import type { DeploymentConfig } from '@aws-sdk/client-cloudformation'
import type { ServiceSetup } from '../../session/bound-service.ts'
import type { Calls } from './calls.ts'
import type { Connection, StackProperties } from './properties.ts'

/** The input of a session: one request, its client and the properties. */
export interface SessionSetup extends ServiceSetup<StackProperties> {
  readonly client: Calls
  /** The ARN that ROS echoed, or else the name that the properties ask for. */
  readonly stack: { readonly by: 'id'; readonly arn: string } | { readonly by: 'name'; readonly name: string }
  readonly connection: Connection
  readonly deletion: Deletion
}

export interface Deletion {
  readonly roleArn: string | undefined
  readonly config: DeploymentConfig | undefined
  readonly retain: readonly string[]
  readonly force: boolean
  /** The means that the bridge tries, in this order, after a deletion has failed. */
  readonly onDeleteFailed: readonly ('retry' | 'retain' | 'force')[]
}
