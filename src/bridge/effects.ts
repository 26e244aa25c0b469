import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import type { StackRef, StackSession, Watch } from '../providers/provider.ts'
import { CloudError } from '../providers/provider.ts'
import type { Lease } from './deadline.ts'
import type { Action, Delivery, News } from './lifecycle.ts'
import type { Operation, Verdict } from './operation.ts'

/** Everything that an operation may do to the world. */
export interface Effects {
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  /** Absent where nothing but the delivery is left. */
  readonly session?: StackSession
  /** Ends the session's requests that are under way: nobody waits for them any more. */
  readonly giveUpCalls?: () => void
  /** Never throws. */
  deliver(verdict: Verdict): Promise<Delivery>
  readonly log: Logger
  /** How long this process has; without one, as long as the operation. */
  readonly lease?: Lease
  /** Lets another call of the function go on when the operation's next action is due; false where it cannot. Never throws. */
  readonly handOver?: (operation: Operation) => Promise<boolean>
  /** Told of each state before it is acted upon. */
  readonly keep?: (operation: Operation) => void
  /** True once somebody else in this process has taken the operation over: nothing more is done here. */
  readonly isHalted?: () => boolean
  /** Told of each action before it is done and of what came of it; for people who watch. */
  readonly observe?: (progress: Progress) => void
}

export type Progress =
  { readonly step: 'action'; readonly action: Action } | { readonly step: 'news'; readonly news: News }

/** A call that takes longer than its client's own limits has hung. */
const LONGEST_CALL_MS = 90_000

/**
 * Does one action. What a cloud does not answer comes back as news of a failure; any other error is a defect and is
 * thrown. No call outlasts `answerBy`.
 */
export async function perform(action: Action, effects: Effects, answerBy: EpochMs): Promise<News> {
  const { clock } = effects
  const limited = <T>(call: Promise<T>): Promise<T> =>
    withTimeLimit(call, Math.min(LONGEST_CALL_MS, Math.max(0, answerBy - clock.now())), effects)
  try {
    switch (action.do) {
      case 'wait':
        await clock.sleep(Math.max(0, action.until - clock.now()))
        return { of: 'wait' }
      case 'find':
        return { of: 'find', found: await limited(sessionOf(effects).find()) }
      case 'create':
        return { of: 'create', outcome: await limited(sessionOf(effects).create()) }
      case 'update':
        return { of: 'update', outcome: await limited(sessionOf(effects).update(action.stack)) }
      case 'delete':
        return {
          of: 'delete',
          outcome: await limited(sessionOf(effects).delete(action.stack, action.attempt)),
        }
      case 'repair':
        return { of: 'repair', watch: await limited(repair(sessionOf(effects), action.stack)) }
      case 'describe':
        return { of: 'describe', observation: await limited(sessionOf(effects).describe(action.watch)) }
      case 'explain':
        return { of: 'explain', explanation: await limited(sessionOf(effects).explain(action.watch)) }
      case 'stop':
        return { of: 'stop', said: await limited(stop(sessionOf(effects), action)) }
      case 'deliver':
        return { of: 'deliver', delivery: await effects.deliver(action.verdict) }
      case 'end':
        throw new TypeError('An operation that has ended has no action')
    }
  } catch (error) {
    if (error instanceof CloudError) {
      effects.log.warn({ action: action.do, err: error }, 'a call to the cloud gave no answer')
      return { of: 'failure', failure: { kind: error.kind, message: error.message } }
    }
    throw error
  }
}

function sessionOf({ session }: Effects): StackSession {
  if (session === undefined) throw new TypeError('An answer that only has to be delivered has no session')
  return session
}

async function repair(session: StackSession, stack: StackRef): Promise<Watch> {
  if (session.repair === undefined) throw new TypeError('This provider session has no repair')
  return session.repair(stack)
}

async function stop(session: StackSession, action: Extract<Action, { do: 'stop' }>): Promise<string> {
  if (action.by === 'cancel') return session.cancel(action.watch)
  const outcome = await session.delete(action.watch.stack, 0)
  switch (outcome.outcome) {
    case 'started':
    case 'missing':
      return 'Its deletion was started, as OnTimeout asks.'
    case 'busy':
      return `It could not be deleted while its status is ${outcome.status}.`
    case 'refused':
      return `It could not be deleted: ${outcome.reason}`
  }
}

async function withTimeLimit<T>(call: Promise<T>, ms: number, effects: Effects): Promise<T> {
  const done = new AbortController()
  const limit = effects.clock.sleep(ms, done.signal).then(
    () => {
      effects.giveUpCalls?.()
      throw new CloudError(
        'unavailable',
        `The cloud gave no answer within ${String(Math.round(ms / 1000))} s`,
      )
    },
    // Aborted, since the call was quicker: the race is decided already.
    () => call,
  )
  try {
    return await Promise.race([call, limit])
  } finally {
    done.abort()
  }
}
