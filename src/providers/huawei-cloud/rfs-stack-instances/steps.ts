import * as v from 'valibot'
import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import { blocksOf, cellsOf, within, without, type Cell, type Targets } from './targets.ts'

/** One operation of RFS. Serializable: a watch's marker keeps the remaining steps of an Update. */
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

/**
 * How to change the variables of instances that stay: not at all, to the properties' values, or back to the set's
 * values.
 */
export type Overriding = 'none' | 'given' | 'revert'

export interface Change {
  readonly desired: Targets
  /** The targets before the change, of the same kind as the desired ones. */
  readonly old: Targets | undefined
  /** The existing instances, as far as they can be known. */
  readonly existing: readonly Cell[]
  readonly overriding: Overriding
  /** The names of all variables of the stack set. */
  readonly variables: readonly string[]
}

/** Creates new instances first, so that a failure keeps the old ones; deletes last. */
export function stepsOf({ desired, old, existing, overriding, variables }: Change): Step[] {
  const cells = cellsOf(desired)
  const before = old === undefined ? [] : cellsOf(old)
  const gone = within(without(before, cells), existing)
  const oldMembers = old?.members ?? desired.members
  return [
    ...blocksOf(without(cells, existing), desired.members).map((targets): Step => ({
      does: 'create',
      targets,
    })),
    ...(overriding === 'none' ? [] : blocksOf(within(cells, existing), desired.members)).map(
      (targets): Step => ({
        does: 'update',
        targets,
        ...(overriding === 'revert' ? { reverts: variables } : {}),
      }),
    ),
    ...blocksOf(gone, oldMembers).map((targets): Step => ({ does: 'delete', targets })),
  ]
}

/**
 * The remaining part of a step, given the instances that exist now: an earlier delivery of the event may have done some
 * of it.
 */
export function narrowed(step: Step, live: readonly Cell[]): Step[] {
  const { does, targets } = step
  if (targets.members.by !== 'accounts' || does === 'update') return [step]
  const cells = cellsOf(targets)
  const left = does === 'create' ? without(cells, live) : within(cells, live)
  return blocksOf(left, targets.members).map((block) => ({ ...step, targets: block }))
}

/** The steps that follow a running operation of this action. */
export function stepsAfter(steps: readonly Step[], action: string): Step[] {
  const rank = RANKS.findIndex((actions) => actions.includes(action))
  return steps.filter(({ does }) => ORDER.indexOf(does) > rank || (does === 'delete' && rank === 2))
}

/** Whether the step starts operations of this action. */
export function isOf({ does }: Pick<Step, 'does'>, action: string): boolean {
  return RANKS[ORDER.indexOf(does)]?.includes(action) === true
}

const ORDER = ['create', 'update', 'delete'] as const
const RANKS: readonly (readonly string[])[] = [
  ['CREATE_STACK_INSTANCES'],
  ['UPDATE_STACK_INSTANCES', 'DEPLOY_STACK_INSTANCES'],
  ['DELETE_STACK_INSTANCES'],
]
