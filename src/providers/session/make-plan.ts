import { CloudError, type Condition, type PlannedChange, type PlanOutcome } from '../provider.ts'
import { refusedChanges } from './refused-changes.ts'
import type { Marks, PlanAnswer, StackService, Standing } from './stack-service.ts'

/** Milliseconds between two questions for a plan that the cloud is at work on. */
const PAUSE_MS = 1000
/** How often the removal of a plan is tried. */
const MOST_REMOVALS = 60

/** What the request's Create or Update would do. See `StackSession.plan`. */
export async function makePlan<Stack>(
  service: StackService<Stack>,
  signal: AbortSignal | undefined,
): Promise<PlanOutcome> {
  const found = await service.find()
  const condition = found === undefined ? 'deleted' : service.conditionOf(found)
  if (found === undefined || condition === 'deleted')
    return service.by === 'id'
      ? impossible('There is no such stack any more.')
      : masked(planned('create', await untilKnown(service, undefined, signal)), service)
  const stack = await service.refOf(found)
  const marks = service.marksOf(found)
  const obstacle =
    strangersName(service, marks, stack.name) ??
    obstacleIn(condition, stack.name, service.poll.statusOf(found), service.adviceFor(found))
  if (obstacle !== undefined) return impossible(obstacle)
  const standing = { stack, before: found }
  const left: string[] = []
  let outcome: PlanOutcome
  try {
    outcome = planned('update', await untilKnown(service, standing, signal))
  } finally {
    left.push(...(await discarded(service, standing)))
  }
  const notes = [...ownershipNotes(marks), ...refusalNotes(service, outcome), ...left]
  return masked(
    outcome.outcome === 'planned' ? { ...outcome, stack, notes: [...outcome.notes, ...notes] } : outcome,
    service,
  )
}

/** The plan that decides about an Update; `working` where the cloud needs longer than `ms` milliseconds. */
export async function planWithin<Stack>(
  ms: number,
  service: StackService<Stack>,
  standing: Standing<Stack>,
): Promise<PlanAnswer> {
  const { clock } = service.surroundings
  const end = clock.now() + ms
  for (;;) {
    const answer = await service.plan(standing, 'judge')
    if (answer.outcome !== 'working' || clock.now() + PAUSE_MS > end) return answer
    await clock.sleep(PAUSE_MS)
  }
}

async function untilKnown<Stack>(
  service: StackService<Stack>,
  standing: Standing<Stack> | undefined,
  signal: AbortSignal | undefined,
): Promise<Exclude<PlanAnswer, { outcome: 'working' }>> {
  for (;;) {
    const answer = await service.plan(standing, 'show')
    if (answer.outcome !== 'working') return answer
    await service.surroundings.clock.sleep(PAUSE_MS, signal)
  }
}

/** Sentences on what could not be removed. A failure to remove must not hide the plan. */
async function discarded<Stack>(service: StackService<Stack>, { stack }: Standing<Stack>): Promise<string[]> {
  let failure = 'the cloud is still at work on it'
  for (let attempt = 0; attempt < MOST_REMOVALS; attempt += 1) {
    try {
      const state = await service.discardPlan?.(stack, 'show')
      if (state !== 'working') return []
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      failure = error.message
      if (error.kind !== 'unavailable' && error.kind !== 'throttled') break
    }
    await service.surroundings.clock.sleep(PAUSE_MS)
  }
  return [`What the cloud made for this plan could not be removed: ${failure}`]
}

function planned(
  operation: 'create' | 'update',
  answer: Exclude<PlanAnswer, { outcome: 'working' }>,
): PlanOutcome {
  if (answer.outcome === 'impossible') return answer
  if (answer.outcome === 'busy') return impossible(`An operation runs on the stack: ${answer.status}.`)
  return { outcome: 'planned', operation, changes: answer.changes, notes: answer.notes ?? [] }
}

/** A Create must not even plan on a stack that another resource owns. */
function strangersName<Stack>(
  { request }: StackService<Stack>,
  { ownership }: Marks,
  name: string,
): string | undefined {
  return request.kind === 'create' && ownership.mark === 'another'
    ? `Stack ${name} exists already and is marked as that of ${ownership.owner}: the Create would be FAILED.`
    : undefined
}

/** Why a stack in this condition cannot be planned for. */
function obstacleIn(
  condition: Condition,
  name: string,
  status: string,
  advice: string | undefined,
): string | undefined {
  const what = `Stack ${name} is in the status ${status}`
  switch (condition) {
    case 'settled':
      return undefined
    case 'working':
    case 'deleting':
      return `${what}: an operation runs on it, and a plan can only be made after its end.`
    case 'failed-create':
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
