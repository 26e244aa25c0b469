import type { EventAnswer } from '../local-stack/resource-steps.ts'
import type { ResourceEvent } from '../local-stack/stack-state.ts'
import type { Journal, JournalEntry } from './journal.ts'

export interface CleanUp {
  readonly entry: JournalEntry
  /** Why it may still be there; absent if its stack is gone. */
  readonly problem?: string
}

/**
 * Deletes what may be left according to the journal, by the bridge's own Delete: the stack of the id, or the stack of
 * the name if it has the run's mark, and no other.
 */
export async function* cleanUp(
  journal: Journal,
  send: (event: ResourceEvent) => Promise<EventAnswer>,
  requestId: () => string,
): AsyncGenerator<CleanUp> {
  for (const entry of journal.entries) {
    const { logicalId, type, properties, physicalResourceId } = entry
    const answer = await send({
      requestType: 'Delete',
      requestId: requestId(),
      logicalId,
      type,
      properties,
      ...(physicalResourceId === undefined ? {} : { physicalResourceId }),
    })
    if (answer.ok) await journal.strike(entry)
    yield { entry, ...(answer.ok ? {} : { problem: answer.reason }) }
  }
}
