import * as v from 'valibot'
import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import { blocksOf, cellsOf, within, without, type Cell, type Targets } from './targets.ts'

/** One operation of RFS. Serializable: what is left of an Update goes from one look to the next. */
export interface Step {
  readonly does: 'create' | 'update' | 'delete'
  readonly targets: Targets
  /** Variables that go back to the stack set's values. */
  readonly reverts?: readonly string[]
}

const jsonObject = v.record(
  v.string(),
  v.custom<JsonValue>((value) => isJsonValue(value)),
)

export const stepSchema = v.object({
  does: v.picklist(['create', 'update', 'delete']),
  targets: v.object({
    regions: v.array(v.string()),
    members: v.variant('by', [
      v.object({ by: v.literal('accounts'), ids: v.array(v.string()) }),
      v.object({ by: v.literal('units'), ids: v.array(v.string()) }),
      v.object({ by: v.literal('selection'), body: jsonObject }),
    ]),
  }),
  reverts: v.exactOptional(v.array(v.string())),
})

/** What is to be done about the variables of instances that stay: nothing, what the properties say, or back to the set's. */
export type Overriding = 'none' | 'given' | 'revert'

export interface Change {
  readonly wanted: Targets
  /** Before, of the same kind as the wanted ones. */
  readonly old: Targets | undefined
  /** What exists, as far as it can be told. */
  readonly standing: readonly Cell[]
  readonly overriding: Overriding
  /** All that the stack set has values for. */
  readonly variables: readonly string[]
}

/** New instances first, so that a failure leaves the old ones standing; gone ones last. */
export function stepsOf({ wanted, old, standing, overriding, variables }: Change): Step[] {
  const cells = cellsOf(wanted)
  const before = old === undefined ? [] : cellsOf(old)
  const gone = within(without(before, cells), standing)
  const oldMembers = old?.members ?? wanted.members
  return [
    ...blocksOf(without(cells, standing), wanted.members).map((targets): Step => ({
      does: 'create',
      targets,
    })),
    ...(overriding === 'none' ? [] : blocksOf(within(cells, standing), wanted.members)).map(
      (targets): Step => ({
        does: 'update',
        targets,
        ...(overriding === 'revert' ? { reverts: variables } : {}),
      }),
    ),
    ...blocksOf(gone, oldMembers).map((targets): Step => ({ does: 'delete', targets })),
  ]
}

/** What of a step is left to do, seen what exists by now: an earlier delivery of the event may have done it. */
export function narrowed(step: Step, live: readonly Cell[]): Step[] {
  const { does, targets } = step
  if (targets.members.by !== 'accounts' || does === 'update') return [step]
  const cells = cellsOf(targets)
  const left = does === 'create' ? without(cells, live) : within(cells, live)
  return blocksOf(left, targets.members).map((block) => ({ ...step, targets: block }))
}

/** The steps that come after an operation of this action, which runs. */
export function stepsAfter(steps: readonly Step[], action: string): Step[] {
  const rank = RANKS.findIndex((actions) => actions.includes(action))
  return steps.filter(({ does }) => ORDER.indexOf(does) > rank || (does === 'delete' && rank === 2))
}

/** Whether an operation of this action is what the step asks for. */
export function isOf({ does }: Step, action: string): boolean {
  return RANKS[ORDER.indexOf(does)]?.includes(action) === true
}

const ORDER = ['create', 'update', 'delete'] as const
const RANKS: readonly (readonly string[])[] = [
  ['CREATE_STACK_INSTANCES'],
  ['UPDATE_STACK_INSTANCES', 'DEPLOY_STACK_INSTANCES'],
  ['DELETE_STACK_INSTANCES'],
]
