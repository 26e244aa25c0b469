import type { UnderWay } from '../../bridge/under-way.ts'

/**
 * `waiting` for its next call, in a call, in one that is tried again because it died, or with an answer that could not be delivered
 * yet.
 */
export type OperationState = 'running' | 'waiting' | 'retrying' | 'undelivered'

export type FoundOperation = Omit<UnderWay, 'isUndelivered'> & { readonly state: OperationState }

export interface FoundOperations {
  readonly operations: readonly FoundOperation[]
  /** What the list may lack, and why; empty for a whole list. */
  readonly gaps: readonly string[]
}

/** Each operation once: of two calls of one chain the later one counts. The oldest first. */
export function withoutRepetitions(found: readonly FoundOperation[]): readonly FoundOperation[] {
  const newest = new Map<string, FoundOperation>()
  for (const one of found) {
    const key = JSON.stringify([one.rosStackId, one.logicalResourceId, one.requestId])
    const other = newest.get(key)
    if (other === undefined || other.hops <= one.hops) newest.set(key, one)
  }
  return [...newest.values()].sort((one, other) => (one.since ?? 0) - (other.since ?? 0))
}
