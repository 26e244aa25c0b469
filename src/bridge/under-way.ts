import type { EpochMs } from '../platform/clock.ts'
import type { OperationKind } from '../providers/provider.ts'

/** What can be shown of an operation without the key: ids, times and the last status, no secret. */
export interface UnderWay {
  readonly requestId: string
  readonly rosStackId: string
  readonly rosStackName?: string | undefined
  readonly logicalResourceId: string
  readonly resourceType?: string | undefined
  readonly kind?: OperationKind | undefined
  readonly provider?: string | undefined
  /** The foreign stack, once it is known. */
  readonly stackId?: string | undefined
  readonly stackName?: string | undefined
  /** The status that the cloud showed last. */
  readonly status?: string | undefined
  readonly since?: EpochMs | undefined
  readonly nextPoll?: EpochMs | undefined
  /** From here on the bridge stops waiting and answers ROS. */
  readonly deadline?: EpochMs | undefined
  /** The answer is known, but has not reached ROS yet. */
  readonly isUndelivered?: boolean | undefined
  /** How often the operation was handed off to another call. */
  readonly hops: number
}
