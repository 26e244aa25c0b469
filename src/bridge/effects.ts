import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import type { StackRef, StackSession, Watch } from '../providers/provider.ts'
import { CloudError } from '../providers/provider.ts'
import type { Lease } from './deadline.ts'
import type { Action, ActionResult, DeliveryResult } from './lifecycle.ts'
import type { CallFailure } from './lifecycle/action.ts'
import type { Operation, Verdict } from './operation.ts'
import { withTimeLimit } from './time-limit.ts'

/**
 * Sends the operation to another invocation, delayed until its next action is due. Resolves with whether that was
 * accepted: if not, this invocation continues the operation. Never throws.
 */
export type HandOff = (operation: Operation, when: HandOffTime) => Promise<boolean>

export interface HandOffTime {
  /** This invocation has no time left to continue the operation itself. */
  readonly isLastChance: boolean
  /** The operation waits for nothing: handing it off only protects it, so that a refusal is not worth a warning. */
  readonly isPrecaution?: boolean
}

/** All that an operation may do outside the process, and all that it needs of it. */
export interface Effects {
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  /** Absent where only the answer is left to deliver. */
  readonly session?: StackSession
  /** Aborts the session's running requests, whose results are not needed any more. */
  readonly abortCalls?: () => void
  /** Never throws. */
  deliver(verdict: Verdict): Promise<DeliveryResult>
  readonly log: Logger
  /** How long this invocation lives; without one, as long as the operation. */
  readonly lease?: Lease
  readonly handOff?: HandOff
  /**
   * Hand a verdict off before it is delivered: after a crash, Function Compute repeats the input of this invocation,
   * which could start a write again.
   */
  readonly handsOffVerdict?: boolean
  /** Called with each state before its action. */
  readonly onState?: (operation: Operation) => void
  /** True once another part of this process answers for the operation: this run does nothing more. */
  readonly isHalted?: () => boolean
  /** Called with each action before it is done, and with its result; for people who watch. */
  readonly onProgress?: (progress: Progress) => void
}

/** Part of the interface `Watcher`, which the package exports: `news` is the result of the action before it. */
export type Progress =
  | { readonly step: 'action'; readonly action: Action }
  | { readonly step: 'news'; readonly news: ActionResult }

/** Longer than the time limits of the providers' clients: a call that reaches it hangs. */
const LONGEST_CALL_MS = 90_000
/** A call that had less time for its answer does not show whether the cloud is available. */
const FAIR_CALL_MS = 10_000

/**
 * Does one action and gives its result. A call that the cloud does not answer gives a `failure`; any other error is a
 * defect of the bridge and is thrown. No call lasts beyond `callLimit`.
 */
export async function perform(action: Action, effects: Effects, callLimit: EpochMs): Promise<ActionResult> {
  const until = Math.min(effects.clock.now() + LONGEST_CALL_MS, callLimit)
  try {
    return await resultOf(action, effects, until)
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    effects.log.warn({ action: action.do, err: error }, 'a call to the cloud gave no answer')
    return { of: 'failure', failure: failureOf(error) }
  }
}

async function resultOf(action: Action, effects: Effects, until: EpochMs): Promise<ActionResult> {
  const limited = <T>(call: Promise<T>): Promise<T> => limitedTo(until, call, effects)
  switch (action.do) {
    case 'wait':
      await effects.clock.sleep(Math.max(0, action.until - effects.clock.now()))
      return { of: 'wait' }
    case 'find':
      return { of: 'find', found: await limited(sessionOf(effects).find()) }
    case 'create':
      return { of: 'create', outcome: await limited(sessionOf(effects).create()) }
    case 'update': {
      const { stack, drift, detectUntil } = action
      const outcome = await limited(sessionOf(effects).update(stack, { until, drift, detectUntil }))
      return { of: 'update', outcome }
    }
    case 'delete':
      return { of: 'delete', outcome: await limited(sessionOf(effects).delete(action.stack, action.attempt)) }
    case 'repair':
      return { of: 'repair', watch: await limited(repair(sessionOf(effects), action.stack)) }
    case 'describe':
      return { of: 'describe', observation: await limited(sessionOf(effects).describe(action.watch)) }
    case 'explain':
      return { of: 'explain', explanation: await limited(sessionOf(effects).explain(action.watch)) }
    case 'stop':
      return { of: 'stop', message: await limited(stop(sessionOf(effects), action)) }
    case 'deliver':
      return { of: 'deliver', delivery: await effects.deliver(action.verdict) }
    case 'end':
      throw new TypeError('An operation that has ended has no action')
  }
}

/** The call's result. Throws a `CloudError` if there is none at `until`, after it has aborted the session's calls. */
function limitedTo<T>(until: EpochMs, call: Promise<T>, { clock, abortCalls }: Effects): Promise<T> {
  const ms = Math.max(0, until - clock.now())
  // Has no signal of its own: the calls of a session are aborted with those of its operation.
  return withTimeLimit(
    () => call,
    ms,
    clock,
    () => {
      abortCalls?.()
      if (ms < FAIR_CALL_MS) throw new CutShortError('unavailable', "No time was left for the cloud's answer")
      throw new CloudError(
        'unavailable',
        `The cloud gave no answer within ${String(Math.round(ms / 1000))} s`,
      )
    },
  )
}

function failureOf(error: CloudError): CallFailure {
  const { kind, message, isUnreadable, isUnexplained, isLasting } = error
  return {
    kind,
    message,
    ...(isUnreadable ? { isUnreadable } : {}),
    ...(isLasting ? { isLasting } : {}),
    ...(isUnexplained ? { isUnexplained } : {}),
    ...(error instanceof CutShortError ? { isCutShort: true } : {}),
  }
}

/** The call got too little time for its answer. */
class CutShortError extends CloudError {}

function sessionOf({ session }: Effects): StackSession {
  if (session === undefined) throw new TypeError('An operation whose answer is known has no session')
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
