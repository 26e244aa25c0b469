import type { EpochMs } from '../platform/clock.ts'
import type { Lease } from './deadline.ts'
import { perform, type Effects } from './effects.ts'
import { absorb, expire, nextAction, type Action, type News } from './lifecycle.ts'
import { giveUp, type Operation } from './operation.ts'

export type Ended =
  | Extract<Operation['step'], { at: 'end' }>
  /** Another call of the function goes on with it. */
  | { readonly at: 'handed-over' }
  /** Somebody else has taken it over in this process. */
  | { readonly at: 'halted' }

/**
 * Drives an operation from wherever it stands to its end, or until it has been handed over. Throws only for a defect:
 * whatever a cloud or ROS's endpoint does is part of the operation.
 */
export async function runOperation(start: Operation, effects: Effects): Promise<Ended> {
  const { clock } = effects
  let operation = start
  for (;;) {
    operation = expire(operation, clock.now())
    effects.keep?.(operation)
    if (await isHandedOver(operation, effects)) return { at: 'handed-over' }
    operation = expire(atEndOf(effects.lease, operation, clock.now()), clock.now())
    if (effects.isHalted?.() === true) return { at: 'halted' }
    if (operation.step.at === 'end') return operation.step
    const action = withinLease(nextAction(operation, clock.now()), effects.lease, clock.now())
    effects.observe?.({ step: 'action', action })
    const news = await perform(action, effects, callLimit(operation, effects.lease, clock.now()))
    effects.observe?.({ step: 'news', news })
    const before = operation
    operation = absorb(operation, news, { now: clock.now(), dice: effects.random() })
    logProgress(effects, before, action, news)
  }
}

/** What is to be waited for is handed over once that is cheaper; what is to be done, when there is no time left to do it. */
async function isHandedOver(operation: Operation, { clock, lease, handOver }: Effects): Promise<boolean> {
  if (lease === undefined || handOver === undefined || operation.step.at === 'end') return false
  const now = clock.now()
  const action = nextAction(operation, now)
  const isDue = action.do === 'wait' ? now >= lease.handOverFrom : isOver(lease, operation, now)
  return isDue && (await handOver(operation))
}

function isOver(lease: Lease, { step, givenUp }: Operation, now: EpochMs): boolean {
  return step.at === 'answer'
    ? step.tries > 0 && now >= lease.end
    : givenUp === undefined && now >= lease.deadline
}

/** The process ends sooner than ROS's patience, and nobody could take over. */
function atEndOf(lease: Lease | undefined, operation: Operation, now: EpochMs): Operation {
  if (lease === undefined || operation.step.at === 'end') return operation
  if (operation.step.at === 'answer') return now >= lease.end ? { ...operation, end: now } : operation
  if (now < lease.deadline) return operation
  const over = giveUp(operation, `Timed out by ${lease.endsBy ?? "the function's own time limit"}`, now)
  return now < lease.answerBy ? over : { ...over, answerBy: now }
}

function withinLease(action: Action, lease: Lease | undefined, now: EpochMs): Action {
  if (action.do !== 'wait' || lease === undefined) return action
  const limit = [lease.handOverFrom, lease.deadline, lease.answerBy, lease.end].find((at) => at > now)
  return { do: 'wait', until: Math.min(action.until, limit ?? now) }
}

/** A call that hangs must leave the time to hand the operation over, and where that has passed, to answer. */
function callLimit({ answerBy }: Operation, lease: Lease | undefined, now: EpochMs): EpochMs {
  if (lease === undefined) return answerBy
  return Math.min(answerBy, now < lease.deadline ? lease.deadline : lease.answerBy)
}

/** One line a change: polls that show nothing new are for those who ask for them. */
function logProgress({ log }: Effects, before: Operation, action: Action, news: News): void {
  if (news.of === 'wait' || news.of === 'deliver' || news.of === 'failure') return
  const line = { action: action.do, ...facts(news) }
  const repeated =
    news.of === 'describe' &&
    news.observation.phase === 'working' &&
    before.step.at === 'observe' &&
    before.step.status === news.observation.status
  if (repeated) log.debug(line, 'the stack is as before')
  else log.info(line, 'the operation goes on')
}

function facts(news: Exclude<News, { of: 'wait' | 'deliver' | 'failure' }>): Record<string, unknown> {
  switch (news.of) {
    case 'find':
      return news.found.found === true
        ? {
            foreignStackId: news.found.stack.id,
            status: news.found.status,
            ownership: news.found.ownership.mark,
          }
        : { foreignStackId: null }
    case 'create':
    case 'update':
    case 'delete':
      return {
        outcome: news.outcome.outcome,
        ...('watch' in news.outcome ? { foreignStackId: news.outcome.watch.stack.id } : {}),
      }
    case 'repair':
      return { foreignStackId: news.watch.stack.id }
    case 'describe':
      return {
        phase: news.observation.phase,
        ...('status' in news.observation ? { status: news.observation.status } : {}),
      }
    case 'explain':
      return { cause: news.explanation.cause }
    case 'stop':
      return { said: news.said }
  }
}
