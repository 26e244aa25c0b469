import * as v from 'valibot'
import type { PropertyProblem } from './property-problem.ts'

/** What an Update does about drift. Only for services that can detect it. */
export const driftPolicyEntries = {
  OnDrift: v.optional(v.picklist(['ignore', 'report', 'refuse'])),
}

export interface DriftPolicy {
  readonly OnDrift?: 'ignore' | 'report' | 'refuse' | undefined
}

/** What an Update does about drift; `undefined`: it does not look for it. */
export function onDriftOf({ OnDrift }: DriftPolicy): 'report' | 'refuse' | undefined {
  return OnDrift === 'ignore' ? undefined : OnDrift
}

/** The problem where the policy asks for a detection. */
export function driftPolicyProblems(policy: DriftPolicy, problem: string): PropertyProblem[] {
  return onDriftOf(policy) === undefined ? [] : [{ path: 'OnDrift', problem }]
}
