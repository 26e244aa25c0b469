import type { Ownership } from './ownership.ts'

/**
 * What an operation would do to one resource of the stack. It never holds the value of a property, which may be a secret.
 */
export interface PlannedChange {
  /** `replace`: another resource takes its place. `unknown`: the cloud does not say what happens to it. */
  readonly action: 'add' | 'change' | 'replace' | 'remove' | 'unknown'
  /** Logical id; in a nested stack with its path, for example `Network/Vpc`. */
  readonly resource: string
  readonly type: string
  /** Of the resource that exists; absent where there is none, or the cloud does not tell. */
  readonly physicalId?: string
  /** Names of what changes, sorted; absent where the cloud does not tell. */
  readonly properties?: readonly string[]
  /** For `change`: whether it is replaced depends on values that are known only during the operation. */
  readonly mayReplace?: true
}

/** A stack that exists and that a Create would take over, or must not. */
export interface TakenOver {
  readonly stack: { readonly name: string; readonly id: string }
  readonly ownership: Ownership
  /** A sentence: what is touched when the Create writes its mark. Absent where the mark is written already, or cannot be. */
  readonly touches?: string
}

/** What a Create or Update would do, as the cloud foresees it. */
export type PlanOutcome =
  | {
      readonly outcome: 'planned'
      readonly operation: 'create' | 'update'
      /** The stack that exists; absent where one would be created. */
      readonly stack?: { readonly name: string; readonly id: string }
      /** Empty: no resource changes. */
      readonly changes: readonly PlannedChange[]
      /** Something changes that is no resource, such as an output. Absent: the cloud does not tell, or nothing does. */
      readonly changesOther?: true
      /** Sentences on what the plan does not show, or what prevents the operation. */
      readonly notes: readonly string[]
      /** Only of a Create of which the stack exists. */
      readonly takesOver?: TakenOver
    }
  /** The cloud cannot plan this; the reason is a sentence. */
  | { readonly outcome: 'impossible'; readonly reason: string; readonly takesOver?: TakenOver }

/**
 * What a cloud's `Replacement` means for a resource that is modified: CloudFormation and ROS use the same values. A value that is
 * absent or new does not say whether the resource is replaced.
 */
export function modification(
  replacement: string | null | undefined,
): Pick<PlannedChange, 'action' | 'mayReplace'> {
  switch (replacement) {
    case 'True':
      return { action: 'replace' }
    case 'False':
      return { action: 'change' }
    case 'Conditional':
      return { action: 'change', mayReplace: true }
    default:
      return { action: 'unknown' }
  }
}
