import type { JsonObject } from '../../../platform/json.ts'

/** The stack that a scenario needs, independent of the cloud. */
export interface StackSpec {
  readonly name: string
  /** The value of the stack's output `Value`. */
  readonly value: string
  /** A resource of the stack fails when it is created. */
  readonly fails?: boolean
  /** How long that takes, for a cloud that can tell its resource so. */
  readonly failsAfterSeconds?: number
  /** The value of a hidden parameter, with which the cloud refuses the stack. */
  readonly secret?: string
}

/** A cloud in which scenarios are run: what their stacks are made of. All of it is free, or nearly so. */
export interface AcceptanceCloud {
  /** As `--cloud` takes it. */
  readonly name: string
  readonly resourceType: string
  /** What the stacks hold, for the plan. */
  readonly holds: string
  /** What it costs, for the plan. */
  readonly cost: string
  /** Names of environment variables that a run usually needs, as text. */
  readonly credentials: string
  /** The property `Stack` for such a stack, with the run's tag where the cloud has tags. */
  stack(spec: StackSpec, tag: string): JsonObject
}
