import type { Condition, StackRequest } from '../provider.ts'

/** What a stack's marks say of one request. */
export interface RequestMarks {
  /** This very Create made the stack. */
  readonly created: boolean
  /** This request's update is the last that was started on it. */
  readonly updated: boolean
  /** The stack's last operation is a deletion: an operation that it overtook is over. */
  readonly isOfDeletion: boolean
}

/**
 * The kind of operation by which an earlier delivery of this request was started, as the stack's marks show it: the
 * request follows that operation and starts none. `undefined`: the marks show none.
 */
export function startedByMarks(
  { kind }: StackRequest,
  condition: Condition | 'deleted',
  { created, updated, isOfDeletion }: RequestMarks,
): 'create' | 'update' | 'delete' | undefined {
  if (kind === 'delete') return condition === 'deleting' ? 'delete' : undefined
  if (isOfDeletion) return undefined
  if (kind === 'create' && created) return 'create'
  return updated ? 'update' : undefined
}
