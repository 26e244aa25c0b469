import type { PropertyProblem } from './property-problem.ts'

export interface IdentityChange {
  readonly path: string
  readonly from: string | undefined
  /** `undefined`: the properties do not give a value, so it stays. */
  readonly to: string | undefined
}

/** Properties that mean another stack than the `StackId` beside them. */
export function contradictions(changes: readonly IdentityChange[]): PropertyProblem[] {
  return changes.flatMap(({ path, from, to }) => {
    if (from === undefined || to === undefined || to === from) return []
    return [
      { path, problem: `is ${to}, but StackId names ${from}: correct one of them, or leave out ${path}` },
    ]
  })
}

/** ROS cannot replace a PhysicalResourceId, so a property that would need another stack cannot change. */
export function identityProblems(changes: readonly IdentityChange[]): PropertyProblem[] {
  return changes.flatMap(({ path, from, to }) => {
    if (from === undefined || to === undefined || to === from) return []
    const problem =
      `cannot change from ${from} to ${to}: ROS cannot replace a PhysicalResourceId. ` +
      'Add a resource with another name to the ROS template and remove this one'
    return [{ path, problem }]
  })
}
