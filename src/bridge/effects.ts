import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import type { StackSession } from '../providers/provider.ts'
import { CloudError } from '../providers/provider.ts'
import type { Action, News } from './lifecycle.ts'
import type { Verdict } from './operation.ts'

/** Everything that an operation may do to the world. */
export interface Effects {
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly session: StackSession
  /** True when ROS has accepted the answer. Never throws. */
  deliver(verdict: Verdict): Promise<boolean>
  readonly log: Logger
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
  const { session, clock } = effects
  const limited = <T>(call: Promise<T>): Promise<T> =>
    withTimeLimit(call, Math.min(LONGEST_CALL_MS, Math.max(0, answerBy - clock.now())), clock)
  try {
    switch (action.do) {
      case 'wait':
        await clock.sleep(Math.max(0, action.until - clock.now()))
        return { of: 'wait' }
      case 'find':
        return { of: 'find', found: await limited(session.find()) }
      case 'create':
        return { of: 'create', outcome: await limited(session.create()) }
      case 'update':
        return { of: 'update', outcome: await limited(session.update(action.stack)) }
      case 'delete':
        return { of: 'delete', outcome: await limited(session.delete(action.stack, action.attempt)) }
      case 'repair':
        if (session.repair === undefined) throw new TypeError('This provider session has no repair')
        return { of: 'repair', watch: await limited(session.repair(action.stack)) }
      case 'describe':
        return { of: 'describe', observation: await limited(session.describe(action.watch)) }
      case 'explain':
        return { of: 'explain', explanation: await limited(session.explain(action.watch)) }
      case 'stop':
        return { of: 'stop', said: await limited(stop(session, action)) }
      case 'deliver':
        return { of: 'deliver', delivered: await effects.deliver(action.verdict) }
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

async function withTimeLimit<T>(call: Promise<T>, ms: number, clock: Clock): Promise<T> {
  const done = new AbortController()
  const limit = clock.sleep(ms, done.signal).then(
    () => {
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
