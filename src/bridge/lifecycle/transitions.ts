import type { EpochMs } from '../../platform/clock.ts'
import type { DriftReport, Observation, StackRef, Watch } from '../../providers/provider.ts'
import {
  NOTHING_LEFT,
  type AfterDelete,
  type Busy,
  type DeleteStep,
  type Observe,
  type Operation,
  type Step,
  type Verdict,
} from '../operation.ts'
import { pollDelay, retryDelay, type PollBounds } from '../poll-schedule.ts'
import type { ActionResult, Moment } from './action.ts'
import type { Wait } from './reasons.ts'

/** The moves that every step shares: to another step now, later, or by the poll schedule. */

export function goTo(operation: Operation, now: EpochMs, step: Step): Operation {
  return { ...operation, step, notBefore: now }
}

/** To another step, after the shortest pause between polls. */
export function goToLater(operation: Operation, step: Step, { now }: Moment): Operation {
  return { ...operation, step, notBefore: now + operation.policy.pollMinMs }
}

/** After a pause of the poll schedule, which grows with the age of the operation. */
export function goToByAge(operation: Operation, step: Step, since: EpochMs, moment: Moment): Operation {
  return { ...operation, step, notBefore: moment.now + delayAfter(since, operation, moment) }
}

/** To the delivery of the verdict, which starts now. */
export function answer(operation: Operation, now: EpochMs, verdict: Verdict): Operation {
  return goTo(operation, now, { at: 'answer', verdict, tries: 0 })
}

export function endWith(operation: Operation, verdict: Verdict, delivered: boolean, now: EpochMs): Operation {
  return goTo(operation, now, { at: 'end', verdict, delivered })
}

/** Follows an operation that the cloud has accepted. `deletion`: the step that asked for it, where it is one. */
export function startPolling(
  operation: Operation,
  watch: Watch,
  moment: Moment,
  deletion?: DeleteStep,
): Operation {
  const step: Observe = {
    at: 'observe',
    watch,
    since: moment.now,
    status: undefined,
    consecutiveFailedPolls: 0,
    attempt: deletion?.attempt ?? 0,
    then: deletion?.then ?? 'answer',
  }
  const started = { ...operation, nameTaken: undefined, failedCalls: undefined }
  // Nothing was changed, so the stack has settled already.
  return watch.kind === 'read' ? goTo(started, moment.now, step) : scheduleNextPoll(started, step, moment)
}

/** The next poll, after a pause that grows with the age of the polled operation. */
export function scheduleNextPoll(operation: Operation, step: Observe, moment: Moment): Operation {
  return { ...operation, step, notBefore: moment.now + delayAfter(step.since, operation, moment) }
}

/** Reads the stack again, or creates it, when the other operation may have ended. */
export function waitForBusy(
  operation: Operation,
  status: string,
  moment: Moment,
  at: 'find' | 'create' = 'find',
): Operation {
  const since = busyIn(operation.step)?.since ?? moment.now
  const notBefore = moment.now + delayAfter(since, operation, moment)
  return { ...operation, failedCalls: undefined, step: { at, busy: { status, since } }, notBefore }
}

/** The other operation that the step waits for. */
export function busyIn(step: Step): Busy | undefined {
  return step.at === 'find' || step.at === 'create' ? step.busy : undefined
}

function delayAfter(since: EpochMs, operation: Operation, { now, random }: Moment): number {
  return pollDelay(now - since, operation.throttles, boundsOf(operation), random)
}

/** The same step again, after a call that failed. */
export function retryStep(operation: Operation, moment: Moment): Operation {
  return retryAfter(operation, operation.step, moment)
}

/** Another step, as late as a retry would come. */
export function retryAfter(operation: Operation, step: Step, { now, random }: Moment): Operation {
  const delay = retryDelay(operation.failedCalls?.count ?? 1, boundsOf(operation), random)
  return { ...operation, step, notBefore: now + delay }
}

function boundsOf({ policy }: Operation): PollBounds {
  return { minMs: policy.pollMinMs, maxMs: policy.pollMaxMs }
}

/** What ended a wait, and what the cloud said last in it. */
export function waitOf({ startedAt, givenUp, failedCalls, nameTaken }: Operation, now: EpochMs): Wait {
  const latestMessage = failedCalls?.message ?? nameTaken?.message
  return { ms: now - startedAt, endedBy: givenUp, latestMessage }
}

/** Characters of the cloud's message that a later answer quotes, so that there is room for the rest of the reason. */
const LONGEST_MESSAGE = 1000

/** The beginning of a cloud's message, for a later answer to quote. */
export function shortened(message: string): string {
  return message.slice(0, LONGEST_MESSAGE)
}

/** The stack is gone as asked. */
export function afterDeletion(operation: Operation, then: AfterDelete, { now }: Moment): Operation {
  return then === 'create' ? goTo(operation, now, { at: 'create' }) : answer(operation, now, NOTHING_LEFT)
}

/** The verdict SUCCESS, with what is known of drift where the properties ask for it. */
export function succeeded(
  { policy, drift, isRepeated }: Pick<Operation, 'policy' | 'drift' | 'isRepeated'>,
  stack: StackRef,
  {
    outputs,
    failedOutputs = {},
  }: Pick<Extract<Observation, { phase: 'succeeded' }>, 'outputs' | 'failedOutputs'>,
): Verdict {
  const repeated = isRepeated === true ? { isRepeated } : {}
  const verdict: Verdict = { status: 'SUCCESS', stack, outputs, failedOutputs, ...repeated }
  if (policy.reportsDrift !== true) return verdict
  return { ...verdict, drift: drift?.at === 'known' ? drift.report : NOT_CHECKED }
}

/** Also of an Update that an earlier delivery has started, and whose process has died since. */
const NOT_CHECKED: DriftReport = { status: 'NOT_CHECKED', resources: [] }

/** Throws: only a defect of the bridge gives a step the result of another step's action. */
export function refuseResult(operation: Operation, result: ActionResult): never {
  throw new TypeError(`The step '${operation.step.at}' cannot absorb the result of '${result.of}'`)
}
