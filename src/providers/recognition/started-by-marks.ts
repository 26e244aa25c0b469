import type { Condition, StackRequest } from '../provider.ts'

/** What a stack's marks show about one request. */
export interface RequestMarks {
  /** This request's Create made the stack. */
  readonly created: boolean
  /** This request's update is the last one that was started on the stack. */
  readonly updated: boolean
  /** The stack's last operation is a deletion. It ended the operation that ran before. */
  readonly isOfDeletion: boolean
}

/**
 * The kind of the operation that an earlier delivery of this request started, as the stack's marks show. The request then
 * follows that operation and starts no other. `undefined`: the marks show none.
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
