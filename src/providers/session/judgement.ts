import { CloudError, type UpdateOutcome } from '../provider.ts'
import { planWithin } from './make-plan.ts'
import { refusedChanges } from './refused-changes.ts'
import type { StackService, Standing } from './stack-service.ts'

/**
 * Milliseconds that a judgement waits for its plan in one call. A plan that another invocation asks for may be judged by none:
 * where the event is delivered twice, the second hand-off counts as a repetition of the first.
 */
const PLAN_MS = 15_000

/** Milliseconds for the calls that follow the wait. */
const SPARE_MS = 4000

/** The judgement of one Update by its plan. A Create that finds its stack is not judged. */
export class Judgement<Stack> {
  readonly #service: StackService<Stack>
  readonly #standing: Standing<Stack>

  constructor(service: StackService<Stack>, standing: Standing<Stack>) {
    this.#service = service
    this.#standing = standing
  }

  /** What stands against the Update, by its plan; `undefined`: nothing. `until`: when the call is given up. */
  async against(until = Infinity): Promise<UpdateOutcome | undefined> {
    const service = this.#service
    const { refuses } = service
    if (refuses === undefined || !this.#isDue()) return undefined
    // A wait that is given up would look as if the cloud did not answer.
    const ms = Math.min(PLAN_MS, until - service.surroundings.clock.now() - SPARE_MS)
    const plan = await this.orDiscard(() => planWithin(ms, service, this.#standing))
    if (plan.outcome === 'working') return { outcome: 'planning', status: plan.status }
    if (plan.outcome === 'busy') return plan
    if (plan.outcome === 'impossible') return { outcome: 'refused', reason: this.#mask(plan.reason) }
    const reason = refusedChanges(plan.changes, refuses)
    if (reason === undefined) return undefined
    const left = await this.#discard()
    return { outcome: 'refused', reason: this.#mask([reason, ...left].join('. ')) }
  }

  /** A call of the Update. Where the cloud refuses it, the Update ends, and what was made for the plan is removed. */
  async orDiscard<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await call()
    } catch (error) {
      if (this.#isDue() && isRefusal(error)) await this.#discard()
      throw error
    }
  }

  #isDue(): boolean {
    const { refuses, request } = this.#service
    return refuses !== undefined && request.kind === 'update'
  }

  /** What could not be removed, in words. It must not hide what the plan says. */
  async #discard(): Promise<string[]> {
    try {
      await this.#service.discardPlan?.(this.#standing.stack, 'judge')
      return []
    } catch (error) {
      if (!isRefusal(error)) throw error
      return [`What the cloud made for the plan could not be removed: ${error.message}`]
    }
  }

  #mask(text: string): string {
    return this.#service.surroundings.secrets.mask(text)
  }
}

/** Any other failed call is made again. */
function isRefusal(error: unknown): error is CloudError {
  return error instanceof CloudError && error.kind !== 'unavailable' && error.kind !== 'throttled'
}
