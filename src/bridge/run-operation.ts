import type { EpochMs } from '../platform/clock.ts'
import type { Lease } from './deadline.ts'
import { perform, type Effects } from './effects.ts'
import { absorb, expire, nextAction, type Action } from './lifecycle.ts'
import { giveUp, type End, type Operation } from './operation.ts'
import { LONGEST_HAND_OFF_MS } from './hand-off.ts'
import { logProgress } from './progress-log.ts'

export type RunResult =
  | End
  /** Another invocation continues the operation. */
  | { readonly at: 'handed-off' }
  /** Another part of this process answers for the operation. */
  | { readonly at: 'halted' }

/**
 * Runs an operation from where it is to its end, or until it has been handed off. Throws only for a defect of the
 * bridge: failures of a cloud or of ROS's endpoint are part of the operation.
 */
export async function runOperation(start: Operation, effects: Effects): Promise<RunResult> {
  const { clock, lease } = effects
  let operation = start
  for (;;) {
    operation = expire(operation, clock.now())
    effects.onState?.(operation)
    if (await handOffIfDue(operation, effects)) return { at: 'handed-off' }
    operation = expire(endWithLease(operation, lease, clock.now()), clock.now())
    if (effects.isHalted?.() === true) return { at: 'halted' }
    if (operation.step.at === 'end') return operation.step
    operation = await doNextAction(operation, effects)
  }
}

async function doNextAction(operation: Operation, effects: Effects): Promise<Operation> {
  const { clock, lease } = effects
  const action = limitWait(nextAction(operation, clock.now()), lease, clock.now())
  effects.onProgress?.({ step: 'action', action })
  const result = await perform(action, effects, callLimit(operation, lease, clock.now()))
  effects.onProgress?.({ step: 'news', news: result })
  const next = absorb(operation, result, { now: clock.now(), random: effects.random() })
  logProgress(effects.log, operation, action, result)
  return next
}

/**
 * Hands off a wait as soon as handing off costs less, and a verdict before its first delivery. Hands off work only when this
 * invocation has no time left for it.
 */
async function handOffIfDue(
  operation: Operation,
  { clock, lease, handOff, handsOffVerdict }: Effects,
): Promise<boolean> {
  const { step } = operation
  if (lease === undefined || handOff === undefined || step.at === 'end') return false
  const now = clock.now()
  if (step.at === 'answer' && step.tries === 0 && handsOffVerdict === true) {
    // A hand-off that hangs must not take the time of the delivery.
    const hasTime = now + LONGEST_HAND_OFF_MS < Math.min(lease.answerBy, operation.end)
    return hasTime && (await handOff(operation, { isLastChance: false, isPrecaution: true }))
  }
  const isWait = nextAction(operation, now).do === 'wait'
  const isDue = isWait ? now >= lease.handOffFrom : isOutOfTime(lease, operation, now)
  return isDue && (await handOff(operation, { isLastChance: now >= lease.deadline }))
}

function isOutOfTime(lease: Lease, { step, givenUp }: Operation, now: EpochMs): boolean {
  return step.at === 'answer'
    ? step.tries > 0 && now >= lease.end
    : givenUp === undefined && now >= lease.deadline
}

/** This invocation ends before ROS's Timeout does, and no other one continues the operation. */
function endWithLease(operation: Operation, lease: Lease | undefined, now: EpochMs): Operation {
  if (lease === undefined || operation.step.at === 'end') return operation
  if (operation.step.at === 'answer') return now >= lease.end ? { ...operation, end: now } : operation
  if (now < lease.deadline) return operation
  const givenUp = giveUp(operation, `Timed out by ${lease.endsBy ?? "the function's own time limit"}`, now)
  return now < lease.answerBy ? givenUp : { ...givenUp, answerBy: now }
}

/** A wait ends at the lease's next limit, so that the loop can act on it. */
function limitWait(action: Action, lease: Lease | undefined, now: EpochMs): Action {
  if (action.do !== 'wait' || lease === undefined) return action
  const limit = [lease.handOffFrom, lease.deadline, lease.answerBy, lease.end].find((at) => at > now)
  return { do: 'wait', until: Math.min(action.until, limit ?? now) }
}

/** A call that hangs must leave time to hand the operation off or, after that, to answer. */
function callLimit({ answerBy }: Operation, lease: Lease | undefined, now: EpochMs): EpochMs {
  if (lease === undefined) return answerBy
  return Math.min(answerBy, now < lease.deadline ? lease.deadline : lease.answerBy)
}
