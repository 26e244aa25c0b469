import type { EpochMs } from '../../platform/clock.ts'
import type {
  CloudError,
  CreateOutcome,
  DeleteOutcome,
  DriftProgress,
  Explanation,
  Found,
  Observation,
  StackRef,
  UpdateOutcome,
  Watch,
} from '../../providers/provider.ts'
import type { Verdict } from '../operation.ts'

/** What to do next for an operation. All but `wait`, `deliver` and `end` are one call to the cloud. */
export type Action =
  | { readonly do: 'wait'; readonly until: EpochMs }
  | { readonly do: 'find' }
  | { readonly do: 'create' }
  | {
      readonly do: 'update'
      readonly stack: StackRef
      readonly drift?: DriftProgress | undefined
      /** See `UpdateCall`. */
      readonly detectUntil: EpochMs
    }
  | { readonly do: 'delete'; readonly stack: StackRef; readonly attempt: number }
  | { readonly do: 'repair'; readonly stack: StackRef }
  | { readonly do: 'describe'; readonly watch: Watch }
  | { readonly do: 'explain'; readonly watch: Watch }
  | { readonly do: 'stop'; readonly watch: Watch; readonly by: 'cancel' | 'delete' }
  | { readonly do: 'deliver'; readonly verdict: Verdict }
  | { readonly do: 'end'; readonly verdict: Verdict; readonly delivered: boolean }

/** The result of the action that `of` names; `failure` for any call that the cloud did not answer. */
export type ActionResult =
  | { readonly of: 'wait' }
  | { readonly of: 'deliver'; readonly delivery: DeliveryResult }
  | { readonly of: 'failure'; readonly failure: CallFailure }
  | CloudAnswer

export type CloudAnswer =
  | { readonly of: 'find'; readonly found: Found }
  | { readonly of: 'create'; readonly outcome: CreateOutcome }
  | { readonly of: 'update'; readonly outcome: UpdateOutcome }
  | { readonly of: 'delete'; readonly outcome: DeleteOutcome }
  | { readonly of: 'repair'; readonly watch: Watch }
  | { readonly of: 'describe'; readonly observation: Observation }
  | { readonly of: 'explain'; readonly explanation: Explanation }
  | { readonly of: 'stop'; readonly message: string }

/** A `CloudError` as plain data. */
export interface CallFailure {
  readonly kind: CloudError['kind']
  readonly message: string
  /** See `CloudError`. */
  readonly isUnreadable?: boolean
  readonly isUnexplained?: boolean
  /** See `CloudError`. */
  readonly isLasting?: boolean
  /** The bridge stopped waiting for the call because its own time was over. */
  readonly isCutShort?: boolean
}

/**
 * `refused`: ROS was reached and did not accept the answer, or its URL must not be called. `unreachable`: a later delivery
 * may succeed.
 */
export type DeliveryResult = 'accepted' | 'refused' | 'unreachable'

/** All that the pure functions know of the outside: the time, and a number in [0, 1) that spreads waits. */
export interface Moment {
  readonly now: EpochMs
  readonly random: number
}
