import type { EpochMs } from '../../platform/clock.ts'
import type { Unread } from '../../providers/provider.ts'
import { isReadOnlyId } from '../../providers/identifiers/read-only-id.ts'
import { failed, type Observe, type Operation } from '../operation.ts'
import type { CallFailure, Moment } from './action.ts'
import * as reasons from './reasons.ts'
import { afterTimeoutExplained } from './timeout.ts'
import { answer, goTo, refuseResult, retryAfter, retryStep, shortened } from './transitions.ts'

/** How long a cloud may stay unavailable before an operation has started; afterwards only the deadline counts. */
const LONGEST_OUTAGE_BEFORE_START_MS = 300_000
/** The same for a failure that a retry seldom cures. */
const LONGEST_LASTING_FAILURE_MS = 20_000
/** How long a cloud may refuse what the stack's state should allow. */
const LONGEST_UNEXPLAINED_REFUSAL_MS = 30_000
/** How long a cloud may deny access to an operation that it has accepted. */
const LONGEST_DENIAL_MS = 30_000
const EXPLAIN_ATTEMPTS = 3
/**
 * How long reading the cause of a failure is retried while the cloud does not answer. An unreadable answer is retried
 * less often.
 */
const LONGEST_EXPLAIN_OUTAGE_MS = 60_000

/** A call that the cloud did not answer: retry the step, or answer with what is known. */
export function afterFailure(operation: Operation, failure: CallFailure, moment: Moment): Operation {
  const { step } = operation
  const { now } = moment
  const counted = countFailure(operation, failure, moment)
  const { count, since, kind, kindSince } = counted.failedCalls
  const isThrottled = failure.kind === 'throttled'
  const isTransient = isThrottled || failure.kind === 'unavailable'
  const isOutage = failure.isUnreadable !== true
  // A shorter limit counts from the first failure of its kind, so that an outage before it does not shorten it.
  const patientUntil = (kind === 'outage' ? since : kindSince) + PATIENCE_MS[kind]
  const isPatient = now < patientUntil
  switch (step.at) {
    case 'find':
      if (isThrottled) return retryStep(counted, moment)
      return isTransient && isPatient
        ? noLaterThan(patientUntil, retryStep(counted, moment))
        : answer(counted, now, failed(reasons.callFailed(operation.kind, failure)))
    case 'create':
    case 'update':
    case 'delete':
    case 'repair':
      // A throttled call was not done.
      if (isThrottled) return retryStep(counted, moment)
      // Any other write may have been carried out, so a read follows: if it was repeated at once, the result would not
      // show that.
      return isTransient && isPatient
        ? noLaterThan(patientUntil, retryAfter(counted, { at: 'find' }, moment))
        : answer(counted, now, failed(reasons.callFailed(operation.kind, failure)))
    case 'observe':
      if (isTransient) return retryStep(counted, moment)
      // Nothing has started: the right is missing, as for the step `find`.
      if (isUnread(step)) return answer(counted, now, failed(reasons.readRefused(step, failure)))
      return failure.kind === 'denied' && now - since < LONGEST_DENIAL_MS
        ? retryStep(counted, moment)
        : answer(counted, now, failed(reasons.pollRefused(step, failure)))
    case 'explain':
      return isTransient &&
        (count < EXPLAIN_ATTEMPTS || (isOutage && now - since < LONGEST_EXPLAIN_OUTAGE_MS))
        ? retryStep(counted, moment)
        : answer(
            counted,
            now,
            failed(reasons.explained(step.observe, step.failure, { unread: unreadAfter(failure) })),
          )
    case 'final-poll':
      return goTo(counted, now, { at: 'explain-timeout', observe: step.observe })
    case 'explain-timeout':
      return afterTimeoutExplained(counted, step.observe, {}, now)
    case 'stop':
      return answer(counted, now, failed(`${step.reason} It could not be stopped: ${failure.message}`))
    case 'answer':
    case 'end':
      return refuseResult(operation, { of: 'failure', failure })
  }
}

/** The last attempt is made when the limit ends, not after another long pause. */
function noLaterThan(time: EpochMs, operation: Operation): Operation {
  return { ...operation, notBefore: Math.min(operation.notBefore, time) }
}

/** How long each kind of failure may last before an operation has started. */
const PATIENCE_MS = {
  outage: LONGEST_OUTAGE_BEFORE_START_MS,
  lasting: LONGEST_LASTING_FAILURE_MS,
  unexplained: LONGEST_UNEXPLAINED_REFUSAL_MS,
} as const

/** A read-only resource has not read its stack yet. */
function isUnread({ watch, status }: Observe): boolean {
  return status === undefined && isReadOnlyId(watch.stack.id)
}

function unreadAfter({ kind, message, isUnreadable, isCutShort }: CallFailure): Unread {
  if (isCutShort === true) return { why: 'out-of-time' }
  return { why: isUnreadable === true ? 'unreadable' : kind, message: shortened(message) }
}

function kindOfFailure({ isLasting, isUnexplained }: CallFailure): 'lasting' | 'unexplained' | 'outage' {
  if (isLasting === true) return 'lasting'
  return isUnexplained === true ? 'unexplained' : 'outage'
}

function countFailure(operation: Operation, failure: CallFailure, { now }: Moment) {
  const { failedCalls, throttles } = operation
  const kind = kindOfFailure(failure)
  return {
    ...operation,
    failedCalls: {
      count: (failedCalls?.count ?? 0) + 1,
      since: failedCalls?.since ?? now,
      kind,
      kindSince: failedCalls?.kind === kind ? (failedCalls.kindSince ?? now) : now,
      // What an earlier call said explains more.
      message: failure.isCutShort === true ? failedCalls?.message : shortened(failure.message),
    },
    throttles: throttles + (failure.kind === 'throttled' ? 1 : 0),
  }
}

/** An answer of the cloud ends a row of failed calls. */
export function resetFailures(operation: Operation): Operation {
  return { ...fewerThrottles(operation), failedCalls: undefined }
}

/** A call that was not throttled takes back one throttling, so that the pause between polls gets shorter. */
export function fewerThrottles(operation: Operation): Operation {
  return { ...operation, throttles: Math.max(0, operation.throttles - 1) }
}
