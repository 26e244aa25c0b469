import * as v from 'valibot'
import type { PropertyProblem } from './property-problem.ts'
import { flag } from './property-schema.ts'

/** What an Update must not do to a resource of the stack. Only for services that can plan. */
export const planPolicyEntries = {
  RefuseReplacement: v.optional(flag),
  RefuseRemoval: v.optional(flag),
}

export interface PlanPolicy {
  readonly RefuseReplacement?: boolean | undefined
  readonly RefuseRemoval?: boolean | undefined
}

/** What is refused; `undefined`: nothing. */
export interface Refusals {
  readonly replacement: boolean
  readonly removal: boolean
}

/** What the policy refuses; `undefined` if it refuses nothing. */
export function refusalsOf({ RefuseReplacement, RefuseRemoval }: PlanPolicy): Refusals | undefined {
  const refusals = { replacement: RefuseReplacement === true, removal: RefuseRemoval === true }
  return refusals.replacement || refusals.removal ? refusals : undefined
}

/** The same problem with each part of the policy that is set. */
export function planPolicyProblems(policy: PlanPolicy, problem: string): PropertyProblem[] {
  const refusals = refusalsOf(policy)
  return [
    ...(refusals?.replacement === true ? [{ path: 'RefuseReplacement', problem }] : []),
    ...(refusals?.removal === true ? [{ path: 'RefuseRemoval', problem }] : []),
  ]
}
