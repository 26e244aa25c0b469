import type { EpochMs } from '../../platform/clock.ts'
import type { StackRef } from '../provider.ts'

/**
 * What a cloud tells of a failure beyond what the reason of an answer can hold. For `stackbridge diagnose`: nothing of it is in
 * the function.
 */
export interface Diagnosis {
  readonly stack: StackRef
  /** The cloud's name for the status; `undefined`: the cloud no longer shows the stack, only its events. */
  readonly status: string | undefined
  /** An operation runs on the stack: more may fail. */
  readonly isAtWork: boolean
  /** The latest operation that failed; empty where none has. The likely cause comes first. */
  readonly failures: readonly FailedResource[]
  /** What could not be read, and would tell more. */
  readonly missing: readonly MissingRight[]
  /** Sentences. */
  readonly notes: readonly string[]
}

export interface FailedResource {
  /** Logical id; in a nested stack with its path, for example `Network/Vpc`. */
  readonly path: string
  readonly type: string
  readonly physicalId?: string
  /** Another failure caused this one, for example `Resource creation cancelled`. */
  readonly isConsequence: boolean
  /** Oldest first. */
  readonly history: readonly HistoryEntry[]
  readonly evidence: readonly Evidence[]
}

export interface HistoryEntry {
  readonly at: EpochMs
  readonly status: string
  readonly reason?: string
}

/** What another source than the stack's events says. */
export interface Evidence {
  /** For example `log /aws/lambda/my-function`. */
  readonly source: string
  readonly at?: EpochMs
  readonly text: string
}

/** A call that failed. `denied`: the credentials do not have the right to make it. */
export interface MissingRight {
  /** As a policy names it, for example `logs:FilterLogEvents`. */
  readonly action: string
  readonly isDenied: boolean
  /** What it would tell, for example `the log of /aws/lambda/my-function`. */
  readonly tells: string
  /** What the cloud said, masked. */
  readonly said: string
}
