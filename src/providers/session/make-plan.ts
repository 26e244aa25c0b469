import {
  CloudError,
  type Condition,
  type Ownership,
  type PlannedChange,
  type PlanOutcome,
  type StackRef,
  type TakenOver,
} from '../provider.ts'
import { marksWithFormer, reasonAgainstMark, reasonAgainstMove } from './move.ts'
import { refusedChanges } from './refused-changes.ts'
import type { Marks, PlanAnswer, StackService, Existing } from './stack-service.ts'

/**
 * Milliseconds that a judgement waits for its plan in one call. A plan that another invocation asks for may be judged by none:
 * where the event is delivered twice, the second hand-off counts as a repetition of the first.
 */
export const PLAN_MS = 15_000
/** Milliseconds between two questions for a plan that the cloud is at work on. */
const PAUSE_MS = 1000
/** How long a plan is waited for, as long as for a detection of drift. */
const LONGEST_PLAN_MS = 60 * 60_000
/** Within this time a removal is tried again. One try may take a minute itself where the cloud does not answer. */
const LONGEST_REMOVAL_MS = 60_000

/** What the request's Create or Update would do. See `StackSession.plan`. */
export async function makePlan<Stack>(
  service: StackService<Stack>,
  signal: AbortSignal | undefined,
): Promise<PlanOutcome> {
  const found = await service.find()
  const condition = found === undefined ? 'deleted' : service.conditionOf(found)
  if (found === undefined || condition === 'deleted') return planWithoutStack(service, signal)
  const stack = await service.refOf(found)
  const marks = marksWithFormer(service, found)
  const takesOver = takenOver(service, marks.ownership, stack)
  const about = takesOver === undefined ? {} : { takesOver }
  const obstacle =
    nameTaken(service, marks, stack.name) ??
    obstacleIn(condition, stack.name, service.poll.statusOf(found), {
      advice: service.adviceFor(found),
      isKept: service.request.move !== undefined || takesOver !== undefined,
    })
  if (obstacle !== undefined) return { ...impossible(obstacle), ...about }
  const existing = { stack, before: found }
  const { answer, left } = await askedAndDiscarded(service, existing, signal, 'show')
  const outcome = planned('update', answer)
  const notes = [
    ...(takesOver === undefined ? ownershipNotes(marks) : []),
    ...moveNotes(service, found, answer),
    ...(await markNotes(service, existing, signal)),
    ...refusalNotes(service, outcome),
    ...left,
  ]
  return masked(
    outcome.outcome === 'planned'
      ? { ...outcome, stack, notes: [...outcome.notes, ...notes], ...about }
      : { ...outcome, ...about },
    service,
  )
}

type KnownAnswer = Exclude<PlanAnswer, { outcome: 'working' }>

async function planWithoutStack<Stack>(
  service: StackService<Stack>,
  signal: AbortSignal | undefined,
): Promise<PlanOutcome> {
  if (service.by === 'id') return impossible('There is no such stack any more.')
  if (service.request.move !== undefined)
    return impossible('There is no stack of that name to take over: the Create would be FAILED.')
  return masked(planned('create', await untilKnown(service, undefined, signal)), service)
}

/** A Create that finds a stack which it would take over; absent for its own stack. */
function takenOver<Stack>(
  { request, markTouches }: StackService<Stack>,
  ownership: Ownership,
  stack: StackRef,
): TakenOver | undefined {
  if (request.kind !== 'create' || (ownership.mark === 'ours' && request.move === undefined)) return undefined
  const isMarked = ownership.mark === 'ours' || ownership.mark === 'invisible'
  return { stack, ownership, ...(isMarked || markTouches === undefined ? {} : { touches: markTouches }) }
}

/** Reasons to refuse a move that may change only the mark. */
function moveNotes<Stack>(service: StackService<Stack>, found: Stack, answer: KnownAnswer): string[] {
  if (service.request.move?.mayChange !== false || answer.outcome === 'busy') return []
  const reason = reasonAgainstMove(answer, service.deviations?.(found) ?? [])
  return reason === undefined ? [] : [`The Create would be FAILED: ${reason}.`]
}

/** Which resources the mark of a move changes, and the reasons to refuse that. */
async function markNotes<Stack>(
  service: StackService<Stack>,
  existing: Existing<Stack>,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { move } = service.request
  const isOurs = service.marksOf(existing.before).ownership.mark === 'ours'
  if (service.marksResources !== true || move?.mayChange !== false || isOurs) return []
  const { answer, left } = await askedAndDiscarded(service, existing, signal, 'mark')
  if (answer.outcome !== 'planned') return left
  const reason = reasonAgainstMark(answer)
  const reached = answer.changes.map(({ resource, type }) => `${resource} (${type})`)
  return [
    ...(reached.length === 0 ? [] : [`The mark reaches the tags of ${reached.join(', ')}.`]),
    ...(reason === undefined ? [] : [`The Create would be FAILED: ${reason}.`]),
    ...left,
  ]
}

/** The plan that decides about an Update; `working` where the cloud needs longer than `ms` milliseconds. */
export async function planWithin<Stack>(
  ms: number,
  service: StackService<Stack>,
  existing: Existing<Stack>,
  purpose: 'judge' | 'mark' = 'judge',
): Promise<PlanAnswer> {
  const { clock } = service.surroundings
  const end = clock.now() + ms
  for (;;) {
    const answer = await service.plan(existing, purpose)
    if (answer.outcome !== 'working' || clock.now() + PAUSE_MS > end) return answer
    await clock.sleep(PAUSE_MS)
  }
}

/** The plan, and in words what of it is left in the cloud; also where the plan fails. */
async function askedAndDiscarded<Stack>(
  service: StackService<Stack>,
  existing: Existing<Stack>,
  signal: AbortSignal | undefined,
  purpose: 'show' | 'mark',
): Promise<{ readonly answer: KnownAnswer; readonly left: readonly string[] }> {
  let answer: KnownAnswer
  try {
    answer = await untilKnown(service, existing, signal, purpose)
  } catch (error) {
    const left = await discarded(service, existing, purpose)
    if (left.length === 0 || !(error instanceof CloudError)) throw error
    throw new CloudError(error.kind, [error.message, ...left].join('. '), { cause: error })
  }
  return { answer, left: await discarded(service, existing, purpose) }
}

async function untilKnown<Stack>(
  service: StackService<Stack>,
  existing: Existing<Stack> | undefined,
  signal: AbortSignal | undefined,
  purpose: 'show' | 'mark' = 'show',
): Promise<KnownAnswer> {
  const { clock } = service.surroundings
  const end = clock.now() + LONGEST_PLAN_MS
  for (;;) {
    const answer = await service.plan(existing, purpose)
    if (answer.outcome !== 'working') return answer
    if (clock.now() >= end)
      return {
        outcome: 'impossible',
        reason: `The cloud is still at work on the plan after ${String(LONGEST_PLAN_MS / 60_000)} minutes: ${answer.status}.`,
      }
    await clock.sleep(PAUSE_MS, signal)
  }
}

/** Sentences on what could not be removed. A failure to remove must not hide the plan. */
async function discarded<Stack>(
  service: StackService<Stack>,
  { stack }: Existing<Stack>,
  purpose: 'show' | 'mark',
): Promise<string[]> {
  const { clock } = service.surroundings
  const end = clock.now() + LONGEST_REMOVAL_MS
  let failure = 'the cloud is still at work on it'
  while (clock.now() < end) {
    try {
      const state = await service.discardPlan?.(stack, purpose)
      if (state !== 'working') return []
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      failure = error.message
      if (error.kind !== 'unavailable' && error.kind !== 'throttled') break
    }
    await clock.sleep(PAUSE_MS)
  }
  return [`What the cloud made for this plan could not be removed: ${failure}`]
}

function planned(operation: 'create' | 'update', answer: KnownAnswer): PlanOutcome {
  if (answer.outcome === 'impossible') return answer
  if (answer.outcome === 'busy') return impossible(`An operation runs on the stack: ${answer.status}.`)
  const { changes, changesOther, notes = [] } = answer
  return changesOther === true
    ? { outcome: 'planned', operation, changes, changesOther, notes: [...notes, OTHER_CHANGE] }
    : { outcome: 'planned', operation, changes, notes }
}

const OTHER_CHANGE = 'Something changes that is no resource, such as an output of the stack.'

/** A Create must not even plan on a stack that another resource owns. */
function nameTaken<Stack>(
  { request }: StackService<Stack>,
  { ownership }: Marks,
  name: string,
): string | undefined {
  return request.kind === 'create' && ownership.mark === 'another' && ownership.isFormer !== true
    ? `Stack ${name} exists already and is marked as that of ${ownership.owner}: the Create would be FAILED.`
    : undefined
}

/** Why a stack in this condition cannot be planned for. */
function obstacleIn(
  condition: Condition,
  name: string,
  status: string,
  { advice, isKept }: { readonly advice: string | undefined; readonly isKept: boolean },
): string | undefined {
  const what = `Stack ${name} is in the status ${status}`
  switch (condition) {
    case 'settled':
      return undefined
    case 'working':
    case 'deleting':
      return `${what}: an operation runs on it, and a plan can only be made after its end.`
    case 'failed-create':
      if (isKept) return `${what}: a failed Create has left it, and it cannot be taken over.`
      return `${what}: a failed Create has left it. A Create deletes it first and makes a new one; an Update is refused.`
    case 'delete-failed':
    case 'stuck':
      return advice === undefined ? `${what} and cannot be updated.` : `${what}. ${advice}`
  }
}

function ownershipNotes({ ownership }: Marks): string[] {
  switch (ownership.mark) {
    case 'ours':
    case 'invisible':
      return []
    case 'another':
      return [
        `The stack is marked as that of ${ownership.owner}: an Update by any other resource would be FAILED.`,
      ]
    case 'unmarked':
      return [
        "The stack has no owner's mark: only a resource that has its id, or takes it over, can change it.",
      ]
  }
}

/** What the Update's own properties make of the plan. */
function refusalNotes<Stack>({ refuses, request }: StackService<Stack>, outcome: PlanOutcome): string[] {
  if (refuses === undefined || request.kind !== 'update' || outcome.outcome === 'impossible') return []
  const reason = refusedChanges(outcome.changes, refuses)
  return reason === undefined ? [] : [`The Update would be FAILED: ${reason}.`]
}

function impossible(reason: string): PlanOutcome {
  return { outcome: 'impossible', reason }
}

function masked<Stack>(outcome: PlanOutcome, { surroundings }: StackService<Stack>): PlanOutcome {
  const mask = (text: string): string => surroundings.secrets.mask(text)
  if (outcome.outcome === 'impossible') return { ...outcome, reason: mask(outcome.reason) }
  const maskChange = (change: PlannedChange): PlannedChange => ({
    ...change,
    resource: mask(change.resource),
    type: mask(change.type),
    ...(change.physicalId === undefined ? {} : { physicalId: mask(change.physicalId) }),
    ...(change.properties === undefined ? {} : { properties: change.properties.map(mask) }),
  })
  return { ...outcome, changes: outcome.changes.map(maskChange), notes: outcome.notes.map(mask) }
}
