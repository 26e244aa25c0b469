import type { BridgeProperties } from '../properties/bridge-properties.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { PlannedChange, StackRequest } from '../provider.ts'
import type { Marks, PlanAnswer, StackService } from './stack-service.ts'

/** The same request with the move that its properties ask for. Only a Create moves a stack. */
export function withMove(request: StackRequest, { TakeOverFrom }: BridgeProperties): StackRequest {
  if (request.kind !== 'create' || TakeOverFrom === undefined) return request
  const { StackId, LogicalResourceId, AllowChanges } = TakeOverFrom
  const from = { rosStackId: StackId, rosStackName: '', logicalResourceId: LogicalResourceId }
  return { ...request, move: { from, mayChange: AllowChanges === true } }
}

/** `name`: that of the stack in the properties. `immovable`: see `ServiceBinding`. */
export function moveProblems(
  { TakeOverFrom, OnExisting }: BridgeProperties,
  { name, immovable }: { readonly name: string | undefined; readonly immovable: string | undefined },
): PropertyProblem[] {
  if (TakeOverFrom === undefined) return []
  if (immovable !== undefined)
    return [{ path: 'TakeOverFrom', problem: `must not be given for this resource type: ${immovable}` }]
  return [
    ...(name === undefined ? [{ path: 'TakeOverFrom', problem: NEEDS_A_NAME }] : []),
    ...(OnExisting === 'never' || OnExisting === 'any'
      ? [{ path: 'OnExisting', problem: NOT_TOGETHER }]
      : []),
  ]
}

const NEEDS_A_NAME =
  "needs the stack's name in the properties: a name that the bridge derives is that of this resource's own stack"
const NOT_TOGETHER =
  'must not be given together with TakeOverFrom, which says itself which stack is taken over'

/** The stack's marks; another's tell whether it is the owner from whom the request moves the stack. */
export function marksWithFormer<Stack>(service: StackService<Stack>, stack: Stack): Marks {
  const marks = service.marksOf(stack)
  const { ownership } = marks
  const { move } = service.request
  if (move === undefined || ownership.mark !== 'another') return marks
  const isFormer = service.marksOf(stack, move.from).ownership.mark === 'ours'
  return isFormer ? { ...marks, ownership: { ...ownership, isFormer } } : marks
}

/**
 * Why a move that must change nothing but the mark is refused; `undefined`: the plan and `deviations` show that nothing else
 * would change.
 */
export function reasonAgainstMove(
  plan: Extract<PlanAnswer, { outcome: 'planned' | 'impossible' }>,
  deviations: readonly string[],
): string | undefined {
  const all = [...deviations, ...(plan.outcome === 'planned' ? changesIn(plan) : [])]
  if (all.length === 0)
    return plan.outcome === 'planned' ? undefined : `${plan.reason} To take it over all the same, ${ALLOW}`
  const [shown, more] = [all.slice(0, MOST_NAMED), all.length - MOST_NAMED]
  const rest = more > 0 ? `, and ${String(more)} more` : ''
  const what = `the properties ask for something else than the stack has: ${shown.join(', ')}${rest}`
  return `${what}. Make them the same, or ${ALLOW}`
}

/** Why the mark must not be written: its tags would do more to a resource than to change its tags. */
export function reasonAgainstMark(
  plan: Extract<PlanAnswer, { outcome: 'planned' | 'impossible' }>,
): string | undefined {
  if (plan.outcome === 'impossible') return plan.reason
  const more = plan.changes.filter(({ action, mayReplace }) => action !== 'change' || mayReplace === true)
  if (more.length === 0) return undefined
  const named = more.slice(0, MOST_NAMED).map(({ resource, type }) => `${resource} (${type})`)
  return `the tags that mark the owner would or may replace ${named.join(', ')}. To take it over all the same, ${ALLOW}`
}

const ALLOW = 'set TakeOverFrom.AllowChanges to true'

function changesIn({ changes, changesOther }: Extract<PlanAnswer, { outcome: 'planned' }>): string[] {
  return [
    ...changes.map(({ action, resource, type }) => `${resource} (${type}): ${ACTIONS[action]}`),
    ...(changesOther === true ? ['something that is no resource, such as outputs or tags'] : []),
  ]
}

/** A reason has room for some of them. */
const MOST_NAMED = 10

const ACTIONS: Readonly<Record<PlannedChange['action'], string>> = {
  add: 'would be added',
  change: 'would change',
  replace: 'would be replaced',
  remove: 'would be removed',
  unknown: 'may change',
}
