import type { EpochMs } from '../platform/clock.ts'
import type {
  CreateOutcome,
  DeleteOutcome,
  Explanation,
  Found,
  Observation,
  StackRef,
  UpdateOutcome,
  Watch,
} from '../providers/provider.ts'
import { judgeFound } from './lifecycle/judge-found.ts'
import type { Busy, CallFailure, Failure, Observe, Operation, Step, Verdict } from './operation.ts'
import { deliveryDelay, pollDelay, retryDelay } from './poll-schedule.ts'
import * as reasons from './lifecycle/reasons.ts'

/**
 * The bridge's rules as two pure functions: `nextAction` says what is to be done, `absorb` takes in what came of it.
 * A crash between the two is a repetition of the action, which every provider makes safe.
 */

export type Action =
  | { readonly do: 'wait'; readonly until: EpochMs }
  | { readonly do: 'find' }
  | { readonly do: 'create' }
  | { readonly do: 'update'; readonly stack: StackRef }
  | { readonly do: 'delete'; readonly stack: StackRef; readonly attempt: number }
  | { readonly do: 'repair'; readonly stack: StackRef }
  | { readonly do: 'describe'; readonly watch: Watch }
  | { readonly do: 'explain'; readonly watch: Watch }
  | { readonly do: 'stop'; readonly watch: Watch; readonly by: 'cancel' | 'delete' }
  | { readonly do: 'deliver'; readonly verdict: Verdict }
  | { readonly do: 'end'; readonly verdict: Verdict; readonly delivered: boolean }

export type News =
  | { readonly of: 'wait' }
  | { readonly of: 'find'; readonly found: Found }
  | { readonly of: 'create'; readonly outcome: CreateOutcome }
  | { readonly of: 'update'; readonly outcome: UpdateOutcome }
  | { readonly of: 'delete'; readonly outcome: DeleteOutcome }
  | { readonly of: 'repair'; readonly watch: Watch }
  | { readonly of: 'describe'; readonly observation: Observation }
  | { readonly of: 'explain'; readonly explanation: Explanation }
  | { readonly of: 'stop'; readonly said: string }
  | { readonly of: 'deliver'; readonly delivery: Delivery }
  | { readonly of: 'failure'; readonly failure: CallFailure }

/** `refused`: ROS was reached, or must not be, and will not take the answer. `unreachable`: this may pass. */
export type Delivery = 'accepted' | 'refused' | 'unreachable'

/** What the pure functions may know of the world: the time, and a number in [0, 1) to spread waits with. */
export interface Moment {
  readonly now: EpochMs
  readonly dice: number
}

/** How long a cloud may give no answer before anything was asked of it; afterwards only the deadline counts. */
const PATIENCE_BEFORE_START_MS = 300_000
/** How long a cloud may deny access in the middle of an operation that it has accepted. */
const PATIENCE_WITH_DENIAL_MS = 30_000
const LOOKS_UNTIL_A_FAILURE_COUNTS = 3
const TRIES_TO_EXPLAIN = 3
const TIME_FOR_A_LOOK_MS = 15_000
const CLOCKS_MAY_DIFFER_MS = 5000

export function nextAction(operation: Operation, now: EpochMs): Action {
  const { step } = operation
  if (now < operation.notBefore && step.at !== 'end') return { do: 'wait', until: operation.notBefore }
  switch (step.at) {
    case 'find':
    case 'create':
      return { do: step.at }
    case 'update':
    case 'repair':
      return { do: step.at, stack: step.stack }
    case 'delete':
      return { do: 'delete', stack: step.stack, attempt: step.attempt }
    case 'observe':
      return { do: 'describe', watch: step.watch }
    case 'last-look':
      return { do: 'describe', watch: step.observe.watch }
    case 'explain':
    case 'explain-timeout':
      return { do: 'explain', watch: step.observe.watch }
    case 'stop':
      return { do: 'stop', watch: step.observe.watch, by: stopBy(operation, step.observe) }
    case 'answer':
      return { do: 'deliver', verdict: step.verdict }
    case 'end':
      return { do: 'end', verdict: step.verdict, delivered: step.delivered }
  }
}

/** Turns an operation whose time is up towards its answer; any other is returned as it is. */
export function expire(operation: Operation, now: EpochMs): Operation {
  const { step } = operation
  if (step.at === 'end') return operation
  if (step.at === 'answer')
    return now < operation.end || step.tries === 0 ? operation : ended(operation, step.verdict, false, now)
  if (now >= operation.answerBy) return answer(operation, now, hurriedVerdict(operation, now))
  if (now < operation.deadline && operation.givenUp === undefined) return cappedWait(operation)
  if (step.at === 'observe') return goTo(operation, now, { at: 'last-look', observe: step })
  // What an earlier delivery of the event has begun is worth the one look.
  if (step.at === 'find' && step.busy === undefined && now < operation.deadline) return operation
  if (isEarly(step)) return answer(operation, now, hurriedVerdict(operation, now))
  return operation
}

/** The verdict of an operation that has to be answered at once, from what is known. */
export function hurriedVerdict(operation: Operation, now: EpochMs): Verdict {
  const { step } = operation
  const waited = now - operation.startedAt
  const why = operation.givenUp
  switch (step.at) {
    case 'find':
      return failed(reasons.timedOutEarly(operation.kind, waited, why, step.busy))
    case 'create':
    case 'update':
    case 'delete':
    case 'repair':
      return failed(reasons.timedOutEarly(operation.kind, waited, why, undefined))
    case 'observe':
      return failed(reasons.timedOut(step, {}, waited, why))
    case 'last-look':
    case 'explain-timeout':
      return failed(reasons.timedOut(step.observe, {}, waited, why))
    case 'explain':
      return explained(step.observe, step.failure, {})
    case 'stop':
      return failed(step.reason)
    case 'answer':
    case 'end':
      return step.verdict
  }
}

export function absorb(operation: Operation, news: News, moment: Moment): Operation {
  if (news.of === 'wait') return operation
  if (news.of === 'failure') return afterFailure(operation, news.failure, moment)
  if (news.of === 'deliver') return afterDelivery(operation, news.delivery, moment)
  const heard = { ...operation, silence: undefined, throttles: Math.max(0, operation.throttles - 1) }
  const { step } = heard
  const { now } = moment
  switch (news.of) {
    case 'find':
      return afterFind(heard, news.found, moment)
    case 'create':
      return afterCreate(heard, news.outcome, moment)
    case 'update':
      return afterUpdate(heard, news.outcome, moment)
    case 'delete':
      return step.at === 'delete' ? afterDelete(heard, step, news.outcome, moment) : unexpected(heard, news)
    case 'repair':
      return observe(heard, news.watch, moment)
    case 'describe':
      if (step.at === 'observe') return afterLook(heard, step, news.observation, moment)
      if (step.at === 'last-look') return afterLastLook(heard, step.observe, news.observation, now)
      return unexpected(heard, news)
    case 'explain':
      if (step.at === 'explain')
        return answer(heard, now, explained(step.observe, step.failure, news.explanation))
      if (step.at === 'explain-timeout')
        return afterTimeoutExplained(heard, step.observe, news.explanation, now)
      return unexpected(heard, news)
    case 'stop':
      return step.at === 'stop'
        ? answer(heard, now, failed(`${step.reason} ${news.said}`))
        : unexpected(heard, news)
  }
}

/** ROS may be out of reach for longer than one delivery tries: until it stops waiting, the answer is worth another. */
function afterDelivery(operation: Operation, delivery: Delivery, { now, dice }: Moment): Operation {
  const { step } = operation
  if (step.at !== 'answer') return unexpected(operation, { of: 'deliver', delivery })
  if (delivery !== 'unreachable') return ended(operation, step.verdict, delivery === 'accepted', now)
  const tries = step.tries + 1
  const notBefore = now + deliveryDelay(tries, dice)
  return notBefore >= operation.end
    ? ended(operation, step.verdict, false, now)
    : { ...operation, notBefore, step: { ...step, tries } }
}

function afterCreate(operation: Operation, outcome: CreateOutcome, moment: Moment): Operation {
  switch (outcome.outcome) {
    case 'started':
      return observe(operation, outcome.watch, moment)
    case 'taken':
      return goTo(operation, moment.now, { at: 'find' })
    case 'spent':
      return answer(operation, moment.now, failed(reasons.spent(outcome.stack)))
  }
}

function afterFind(operation: Operation, found: Found, moment: Moment): Operation {
  const next = judgeFound(operation, found)
  switch (next.next) {
    case 'answer':
      return answer(operation, moment.now, next.verdict)
    case 'watch':
      return observe(rebased(operation, begunAt(found), moment.now), next.watch, moment)
    case 'do':
      // A name that was taken and then not found is on its way out: asking at once would only meet it again.
      return next.step.at === 'create'
        ? later(operation, next.step, moment)
        : goTo(operation, moment.now, next.step)
    case 'wait': {
      const since = operation.step.at === 'find' ? operation.step.busy?.since : undefined
      return waitForBusy(operation, { status: next.status, since: since ?? moment.now }, moment)
    }
  }
}

function begunAt(found: Found): EpochMs | undefined {
  return found.found === true ? found.begunAt : undefined
}

/**
 * An event that comes again has no date: ROS counts its Timeout from the first delivery, which is known by when the
 * operation began in the cloud. Where that time is over, there is still enough left for one look and an answer.
 */
function rebased(operation: Operation, begunAt: EpochMs | undefined, now: EpochMs): Operation {
  if (begunAt === undefined || begunAt > operation.startedAt - CLOCKS_MAY_DIFFER_MS) return operation
  const late = operation.startedAt - begunAt
  return {
    ...operation,
    startedAt: begunAt,
    deadline: operation.deadline - late,
    answerBy: Math.min(operation.answerBy, Math.max(operation.answerBy - late, now + TIME_FOR_A_LOOK_MS)),
    end: Math.min(operation.end, Math.max(operation.end - late, now + 2 * TIME_FOR_A_LOOK_MS)),
  }
}

function afterUpdate(operation: Operation, outcome: UpdateOutcome, moment: Moment): Operation {
  switch (outcome.outcome) {
    case 'started':
    case 'unchanged':
      return observe(operation, outcome.watch, moment)
    case 'busy':
      return waitForBusy(operation, { status: outcome.status, since: moment.now }, moment)
    case 'missing':
      // For a Create the stack was only to be adopted: with it gone, the way is clear.
      return operation.kind === 'create'
        ? later(operation, { at: 'create' }, moment)
        : answer(operation, moment.now, failed(reasons.missing(operation.physicalResourceId)))
  }
}

function afterDelete(
  operation: Operation,
  step: Extract<Step, { at: 'delete' }>,
  outcome: DeleteOutcome,
  moment: Moment,
): Operation {
  switch (outcome.outcome) {
    case 'started':
      return observe(operation, outcome.watch, moment, step)
    case 'busy':
      return waitForBusy(operation, { status: outcome.status, since: moment.now }, moment)
    case 'missing':
      return deleted(operation, step.then, moment)
    case 'refused':
      return answer(operation, moment.now, failed(reasons.deleteRefused(step.stack, outcome.reason)))
  }
}

function afterLook(operation: Operation, step: Observe, observation: Observation, moment: Moment): Operation {
  switch (observation.phase) {
    case 'working': {
      const watch = { ...step.watch, marker: observation.marker ?? step.watch.marker }
      const since = rebased(operation, observation.begunAt, moment.now)
      return lookAgain(since, { ...step, watch, status: observation.status, doubts: 0 }, moment)
    }
    case 'succeeded':
      return step.watch.kind === 'repair' || step.watch.kind === 'delete'
        ? cleared(operation, step, moment)
        : answer(operation, moment.now, success(step.watch.stack, observation))
    case 'gone':
      return step.watch.kind === 'delete'
        ? deleted(operation, step.then, moment)
        : goTo(operation, moment.now, { at: 'explain', observe: step, failure: GONE })
    case 'failed': {
      const doubts = step.doubts + 1
      if (!observation.final && doubts < LOOKS_UNTIL_A_FAILURE_COUNTS)
        return lookAgain(operation, { ...step, status: observation.status, doubts }, moment)
      return afterFailedOperation(operation, { ...step, status: observation.status }, observation, moment)
    }
  }
}

function afterFailedOperation(
  operation: Operation,
  step: Observe,
  observation: Extract<Observation, { phase: 'failed' }>,
  moment: Moment,
): Operation {
  const { stack, kind } = step.watch
  const attempt = step.attempt + 1
  if (kind === 'delete' && attempt < operation.policy.deleteAttempts)
    return later(operation, { at: 'delete', stack, attempt, then: step.then }, moment)
  return goTo(operation, moment.now, { at: 'explain', observe: step, failure: asFailure(observation) })
}

/** The deadline has come, but the stack may have settled since the last poll: then that is the true answer. */
function afterLastLook(
  operation: Operation,
  step: Observe,
  observation: Observation,
  now: EpochMs,
): Operation {
  const { kind, stack } = step.watch
  switch (observation.phase) {
    case 'succeeded':
      if (kind !== 'repair' && kind !== 'delete') return answer(operation, now, success(stack, observation))
      break
    case 'gone':
      if (kind === 'delete' && step.then === 'answer') return answer(operation, now, DELETED)
      break
    case 'failed':
      if (observation.final) {
        const observe = { ...step, status: observation.status }
        return goTo(operation, now, { at: 'explain', observe, failure: asFailure(observation) })
      }
      break
    case 'working':
      break
  }
  const status = observation.phase === 'gone' ? step.status : observation.status
  return goTo(operation, now, { at: 'explain-timeout', observe: { ...step, status } })
}

function afterTimeoutExplained(
  operation: Operation,
  step: Observe,
  explanation: Explanation,
  now: EpochMs,
): Operation {
  const reason = reasons.timedOut(step, explanation, now - operation.startedAt, operation.givenUp)
  const stoppable = step.watch.kind === 'create' || step.watch.kind === 'update'
  return operation.policy.onTimeout === 'leave' || !stoppable
    ? answer(operation, now, failed(reason))
    : goTo(operation, now, { at: 'stop', observe: step, reason })
}

function afterFailure(operation: Operation, failure: CallFailure, moment: Moment): Operation {
  const { step } = operation
  const { now } = moment
  const silence = { calls: (operation.silence?.calls ?? 0) + 1, since: operation.silence?.since ?? now }
  const throttled = failure.kind === 'throttled'
  const silent = { ...operation, silence, throttles: operation.throttles + (throttled ? 1 : 0) }
  const silentFor = now - silence.since
  const passes = throttled || failure.kind === 'unavailable'
  switch (step.at) {
    case 'find':
    case 'create':
    case 'update':
    case 'delete':
    case 'repair':
      return throttled || (passes && silentFor < PATIENCE_BEFORE_START_MS)
        ? retry(silent, moment)
        : answer(silent, now, failed(reasons.callFailed(operation.kind, failure)))
    case 'observe':
      return passes || (failure.kind === 'denied' && silentFor < PATIENCE_WITH_DENIAL_MS)
        ? retry(silent, moment)
        : answer(silent, now, failed(reasons.lostSight(step, failure)))
    case 'explain':
      return passes && silence.calls < TRIES_TO_EXPLAIN
        ? retry(silent, moment)
        : answer(silent, now, explained(step.observe, step.failure, {}))
    case 'last-look':
      return goTo(silent, now, { at: 'explain-timeout', observe: step.observe })
    case 'explain-timeout':
      return afterTimeoutExplained(silent, step.observe, {}, now)
    case 'stop':
      return answer(silent, now, failed(`${step.reason} It could not be stopped: ${failure.message}`))
    case 'answer':
    case 'end':
      return unexpected(operation, { of: 'failure', failure })
  }
}

function isEarly(step: Step): boolean {
  return ['find', 'create', 'update', 'delete', 'repair'].includes(step.at)
}

function cappedWait(operation: Operation): Operation {
  return operation.notBefore <= operation.deadline
    ? operation
    : { ...operation, notBefore: operation.deadline }
}

function observe(
  operation: Operation,
  watch: Watch,
  moment: Moment,
  deletion?: Extract<Step, { at: 'delete' }>,
): Operation {
  const step: Observe = {
    at: 'observe',
    watch,
    since: moment.now,
    status: undefined,
    doubts: 0,
    attempt: deletion?.attempt ?? 0,
    then: deletion?.then ?? 'answer',
  }
  // What is already settled needs no waiting: an unchanged stack, and an operation that was begun by an earlier delivery.
  return watch.kind === 'read' ? goTo(operation, moment.now, step) : lookAgain(operation, step, moment)
}

function lookAgain(operation: Operation, step: Observe, moment: Moment): Operation {
  const { pollMinMs, pollMaxMs } = operation.policy
  const bounds = { minMs: pollMinMs, maxMs: pollMaxMs }
  const delay = pollDelay(moment.now - step.since, operation.throttles, bounds, moment.dice)
  return { ...operation, step, notBefore: moment.now + delay }
}

function waitForBusy(operation: Operation, busy: Busy, moment: Moment): Operation {
  const bounds = { minMs: operation.policy.pollMinMs, maxMs: operation.policy.pollMaxMs }
  const delay = pollDelay(moment.now - busy.since, operation.throttles, bounds, moment.dice)
  return { ...operation, step: { at: 'find', busy }, notBefore: moment.now + delay }
}

function retry(operation: Operation, moment: Moment): Operation {
  const bounds = { minMs: operation.policy.pollMinMs, maxMs: operation.policy.pollMaxMs }
  const delay = retryDelay(operation.silence?.calls ?? 1, bounds, moment.dice)
  return { ...operation, notBefore: moment.now + delay }
}

function later(operation: Operation, step: Step, moment: Moment): Operation {
  return { ...operation, step, notBefore: moment.now + operation.policy.pollMinMs }
}

function goTo(operation: Operation, now: EpochMs, step: Step): Operation {
  return { ...operation, step, notBefore: now }
}

function answer(operation: Operation, now: EpochMs, verdict: Verdict): Operation {
  return goTo(operation, now, { at: 'answer', verdict, tries: 0 })
}

function ended(operation: Operation, verdict: Verdict, delivered: boolean, now: EpochMs): Operation {
  return goTo(operation, now, { at: 'end', verdict, delivered })
}

function deleted(operation: Operation, then: Observe['then'], moment: Moment): Operation {
  return then === 'create'
    ? goTo(operation, moment.now, { at: 'create' })
    : answer(operation, moment.now, DELETED)
}

/** A step on the way has succeeded: look afresh at what can be done now. */
function cleared(operation: Operation, step: Observe, moment: Moment): Operation {
  return step.watch.kind === 'delete'
    ? deleted(operation, step.then, moment)
    : goTo(operation, moment.now, { at: 'find' })
}

function stopBy(operation: Operation, observed: Observe): 'cancel' | 'delete' {
  return operation.policy.onTimeout === 'delete' && observed.watch.kind === 'create' ? 'delete' : 'cancel'
}

/** Without the stack: a Delete to which ROS gave no id is answered the same, whether there was one to delete or not. */
const DELETED: Verdict = { status: 'SUCCESS', outputs: {}, failedOutputs: {} }
const GONE: Failure = {}

function explained(observed: Observe, failure: Failure, explanation: Explanation): Verdict {
  return failed(
    failure.status === undefined
      ? reasons.goneMeanwhile(observed, explanation)
      : reasons.operationFailed(observed, failure, explanation),
  )
}

function success(
  stack: StackRef,
  from: Pick<Extract<Observation, { phase: 'succeeded' }>, 'outputs' | 'failedOutputs'>,
): Verdict {
  return { status: 'SUCCESS', stack, outputs: from.outputs, failedOutputs: from.failedOutputs ?? {} }
}

function failed(reason: string): Verdict {
  return { status: 'FAILED', reason }
}

function asFailure(observation: Extract<Observation, { phase: 'failed' }>): Failure {
  const { status, statusReason, advice } = observation
  return { status, statusReason, advice }
}

function unexpected(operation: Operation, news: News): never {
  throw new TypeError(`The step '${operation.step.at}' cannot take in news of '${news.of}'`)
}
