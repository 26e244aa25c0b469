import type { JsonObject } from '../../platform/json.ts'
import type { StackRef, UpdateOutcome } from '../provider.ts'
import { discardJudged, orDiscard } from './judgement.ts'
import { PLAN_MS, planWithin } from './make-plan.ts'
import { marksWithFormer, reasonAgainstMark, reasonAgainstMove } from './move.ts'
import type { Marks, PlanAnswer, StackService, Existing, UpdateAnswer } from './stack-service.ts'

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
  const first = await readForMove(service, stack)
  if (!first.ok) return first.outcome
  const writesMark = first.marks.ownership.mark !== 'ours'
  const refused = await judge(service, { stack, before: first.before }, writesMark)
  if (refused !== undefined && refused.outcome !== 'refused') return refused
  // The plan takes seconds. Another resource, or another delivery of this request, may have moved the stack meanwhile: the mark is
  // read right before it is written, and a plan that compares it with the former mark does not count.
  const latest = await readForMove(service, stack)
  if (!latest.ok) return latest.outcome
  const { before, marks } = latest
  if (marks.ownership.mark !== first.marks.ownership.mark)
    return { outcome: 'busy', status: service.poll.statusOf(before) }
  if (refused !== undefined) return refused
  const marker = await markerFor(before)
  if (marks.ownership.mark === 'ours') return { answer: { outcome: 'unchanged' }, marker }
  const answer = await service.move(stack, before)
  if (answer.outcome !== 'unchanged') return { answer, marker }
  // No operation runs whose end could be waited for. Until the mark is seen, the former owner's Delete might still delete the
  // stack; and only the mark shows that another resource has moved it at the same time.
  const after = await readForMove(service, stack)
  if (!after.ok) return after.outcome.outcome === 'missing' ? { answer, marker } : after.outcome
  return after.marks.ownership.mark === 'ours'
    ? { answer, marker }
    : { outcome: 'busy', status: service.poll.statusOf(after.before) }
}

type ReadForMove<Stack> =
  | { readonly ok: true; readonly before: Stack; readonly marks: Marks }
  | { readonly ok: false; readonly outcome: UpdateOutcome }

/** Reads the stack; no `ok` where the request must not write its mark. */
async function readForMove<Stack>(
  service: StackService<Stack>,
  stack: StackRef,
): Promise<ReadForMove<Stack>> {
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

/**
 * Why the move is refused; `undefined`: it is not. The plans are removed only when both are known: if another call has
 * to ask for the second one again, it still finds the first one.
 */
async function judge<Stack>(
  service: StackService<Stack>,
  existing: Existing<Stack>,
  writesMark: boolean,
): Promise<UpdateOutcome | undefined> {
  const { stack, before } = existing
  const deviations = service.deviations?.(before) ?? []
  const plan = await orDiscard(service, stack, () => planWithin(PLAN_MS, service, existing))
  if (plan.outcome === 'working' || plan.outcome === 'busy') return unplanned(plan)
  const reason = reasonAgainstMove(plan, deviations)
  if (reason !== undefined || service.marksResources !== true || !writesMark)
    return refusal(service, reason, await discardJudged(service, stack))
  const mark = await orDiscard(service, stack, () => planWithin(PLAN_MS, service, existing, 'mark'), [
    'judge',
    'mark',
  ])
  if (mark.outcome === 'working' || mark.outcome === 'busy') return unplanned(mark)
  const left = [...(await discardJudged(service, stack)), ...(await discardJudged(service, stack, 'mark'))]
  return refusal(service, reasonAgainstMark(mark), left)
}

function unplanned({ outcome, status }: Extract<PlanAnswer, { outcome: 'working' | 'busy' }>): UpdateOutcome {
  return { outcome: outcome === 'working' ? 'planning' : 'busy', status }
}

function refusal<Stack>(
  { surroundings }: StackService<Stack>,
  reason: string | undefined,
  left: readonly string[],
): UpdateOutcome | undefined {
  if (reason === undefined) return undefined
  return { outcome: 'refused', reason: surroundings.secrets.mask([reason, ...left].join('. ')) }
}
