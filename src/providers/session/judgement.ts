import { CloudError, type StackRef, type UpdateOutcome } from '../provider.ts'
import { PLAN_MS, planWithin } from './make-plan.ts'
import { refusedChanges } from './refused-changes.ts'
import type { StackService, Existing } from './stack-service.ts'

/** Milliseconds for the calls that follow the wait. */
const MARGIN_MS = 4000

/**
 * Whether the properties refuse what this write may do: its plan then decides first. A Create that updates its own stack is not
 * judged, since ROS deletes the stack after a FAILED Create. One that takes a stack over is: until it has its mark, the stack is not
 * the resource's, and such a Delete leaves it.
 */
export function isJudged<Stack>(service: StackService<Stack>, before: Stack): boolean {
  const { refuses, request } = service
  if (refuses === undefined) return false
  return request.kind === 'update' || service.marksOf(before).ownership.mark !== 'ours'
}

/** The judgement of one write by its plan. */
export class Judgement<Stack> {
  readonly #service: StackService<Stack>
  readonly #existing: Existing<Stack>

  constructor(service: StackService<Stack>, existing: Existing<Stack>) {
    this.#service = service
    this.#existing = existing
  }

  /** Why the write is refused, by its plan; `undefined`: it is not. `until`: when the call is given up. */
  async against(until = Infinity): Promise<UpdateOutcome | undefined> {
    const service = this.#service
    const { refuses } = service
    if (refuses === undefined || !this.#isDue()) return undefined
    // If the bridge gave the wait up, it would look as if the cloud did not answer.
    const ms = Math.min(PLAN_MS, until - service.surroundings.clock.now() - MARGIN_MS)
    const plan = await this.orDiscard(() => planWithin(ms, service, this.#existing))
    if (plan.outcome === 'working') return { outcome: 'planning', status: plan.status }
    if (plan.outcome === 'busy') return plan
    if (plan.outcome === 'impossible') return { outcome: 'refused', reason: this.#mask(plan.reason) }
    const reason = refusedChanges(plan.changes, refuses)
    if (reason === undefined) return undefined
    const left = await discardJudged(service, this.#existing.stack)
    return { outcome: 'refused', reason: this.#mask([reason, ...left].join('. ')) }
  }

  /** A call of the write. Where the cloud refuses it, the event ends, and what was made for the plan is removed. */
  async orDiscard<Result>(call: () => Promise<Result>): Promise<Result> {
    return this.#isDue() ? orDiscard(this.#service, this.#existing.stack, call) : call()
  }

  #isDue(): boolean {
    return isJudged(this.#service, this.#existing.before)
  }

  #mask(text: string): string {
    return this.#service.surroundings.secrets.mask(text)
  }
}

/** A call that follows from the plan. Where the cloud refuses it, what was made for the plan is removed. */
export async function orDiscard<Stack, Result>(
  service: StackService<Stack>,
  stack: StackRef,
  call: () => Promise<Result>,
  purposes: readonly ('judge' | 'mark')[] = ['judge'],
): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    if (isRefusal(error)) for (const purpose of purposes) await discardJudged(service, stack, purpose)
    throw error
  }
}

/** Returns what could not be removed, in words. It must not hide what the plan says. */
export async function discardJudged<Stack>(
  service: StackService<Stack>,
  stack: StackRef,
  purpose: 'judge' | 'mark' = 'judge',
): Promise<string[]> {
  try {
    await service.discardPlan?.(stack, purpose)
    return []
  } catch (error) {
    if (!isRefusal(error)) throw error
    return [`What the cloud made for the plan could not be removed: ${error.message}`]
  }
}

/** Any other failed call is made again. */
function isRefusal(error: unknown): error is CloudError {
  return error instanceof CloudError && error.kind !== 'unavailable' && error.kind !== 'throttled'
}
