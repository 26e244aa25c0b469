import type { JsonObject } from '../../platform/json.ts'
import type { StackRef, UpdateOutcome } from '../provider.ts'
import { discardJudged, orDiscard } from './judgement.ts'
import { PLAN_MS, planWithin } from './make-plan.ts'
import { marksWithFormer, reasonAgainstMove } from './move.ts'
import type { Marks, StackService, Standing, UpdateAnswer } from './stack-service.ts'

/** The mark was written, or need not be; or why it was not. */
export type Moved = { readonly answer: UpdateAnswer; readonly marker: JsonObject } | UpdateOutcome

/**
 * Replaces the former owner's mark by the request's owner's, where the properties ask for nothing else than the stack has. Safe
 * to repeat: a stack that has the request's mark already is left as it is.
 */
export async function moveMark<Stack>(
  service: StackService<Stack>,
  stack: StackRef,
  markerFor: (before: Stack) => Promise<JsonObject>,
): Promise<Moved> {
  if (service.move === undefined)
    throw new TypeError('A service that cannot move a stack opens no such session')
  const first = await look(service, stack)
  if (!first.ok) return first.outcome
  const refused = await judge(service, { stack, before: first.before })
  if (refused !== undefined) return refused
  // The plan takes seconds, and another resource may have moved the stack meanwhile: the mark is read right before it is written.
  const latest = await look(service, stack)
  if (!latest.ok) return latest.outcome
  const { before, marks } = latest
  const marker = await markerFor(before)
  if (marks.ownership.mark === 'ours') return { answer: { outcome: 'unchanged' }, marker }
  const answer = await service.move(stack, before)
  if (answer.outcome !== 'unchanged') return { answer, marker }
  // Where no operation runs, nothing else shows that another resource has moved it at the same time.
  const after = await look(service, stack)
  return after.ok || after.outcome.outcome === 'missing' ? { answer, marker } : after.outcome
}

type Look<Stack> =
  | { readonly ok: true; readonly before: Stack; readonly marks: Marks }
  | { readonly ok: false; readonly outcome: UpdateOutcome }

/** Reads the stack; no `ok` where the request must not write its mark. */
async function look<Stack>(service: StackService<Stack>, stack: StackRef): Promise<Look<Stack>> {
  const before = await service.read(stack)
  if (before === undefined || service.conditionOf(before) === 'deleted')
    return { ok: false, outcome: { outcome: 'missing' } }
  const marks = marksWithFormer(service, before)
  if (!isOursOrFormers(marks))
    return { ok: false, outcome: { outcome: 'busy', status: service.poll.statusOf(before) } }
  if (marks.isSuperseded === true) return { ok: false, outcome: { outcome: 'superseded' } }
  if (service.repeatsAreKnownBy === 'token') return { ok: true, before, marks }
  const started = await service.startedBefore(before, stack)
  return started === undefined
    ? { ok: true, before, marks }
    : { ok: false, outcome: { outcome: 'started', watch: started.watch } }
}

function isOursOrFormers({ ownership }: Marks): boolean {
  return ownership.mark === 'ours' || (ownership.mark === 'another' && ownership.isFormer === true)
}

/** What stands against the move; `undefined`: nothing. */
async function judge<Stack>(
  service: StackService<Stack>,
  { stack, before }: Standing<Stack>,
): Promise<UpdateOutcome | undefined> {
  const deviations = service.deviations?.(before) ?? []
  const plan = await orDiscard(service, stack, () => planWithin(PLAN_MS, service, { stack, before }))
  if (plan.outcome === 'working') return { outcome: 'planning', status: plan.status }
  if (plan.outcome === 'busy') return plan
  const left = await discardJudged(service, stack)
  const reason = reasonAgainstMove(plan, deviations)
  return reason === undefined
    ? undefined
    : { outcome: 'refused', reason: service.surroundings.secrets.mask([reason, ...left].join('. ')) }
}
