import type { Stage } from './stage.ts'

/** One behaviour of the contract, played against a real cloud. */
export interface Story {
  readonly id: string
  readonly title: string
  /** The stories that must have passed before: this one goes on with their stack. */
  readonly needs: readonly string[]
  /** Returns a remark for the report, or `undefined`. Throws `StoryFailure` and `StoryNotRun`. */
  readonly play: (stage: Stage) => Promise<string | undefined>
}
