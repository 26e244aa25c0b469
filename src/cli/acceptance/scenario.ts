import type { ScenarioContext } from './scenario-context.ts'

/** One behaviour of the contract, run against a real cloud. */
export interface Scenario {
  readonly id: string
  readonly title: string
  /** The scenarios that must have passed before: this one goes on with their stack. */
  readonly needs: readonly string[]
  /** Returns a remark for the report, or `undefined`. Throws `ScenarioFailure` and `ScenarioNotRun`. */
  readonly run: (context: ScenarioContext) => Promise<string | undefined>
}
