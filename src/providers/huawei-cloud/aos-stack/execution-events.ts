import type { StackEvent, StackRef } from '../../provider.ts'
import type { AosExecution } from './client.ts'
import { actionOf, elementsOf, messageOf } from './execution.ts'

/** AOS's times have no fractions of a second. */
export const RESOLUTION_MS = 1000

/** Converts a run of a lifecycle to events: the run's own and those of its elements. */
export function eventsOf(execution: AosExecution, stack: StackRef): StackEvent[] {
  const { metadata, status } = execution
  const began = Date.parse(metadata.creationTimestamp ?? '')
  const own = status?.objectStatus ?? {}
  return [
    ...elementsOf(execution).map((element) => ({ ...element, type: 'AOS element' })),
    { name: stack.name, status: own, type: 'AOS stack' },
  ].map(({ name, status: { phase, update_at, ...words }, type }) => {
    const updated = Date.parse(update_at ?? '')
    const reason = messageOf(words)
    return {
      id: JSON.stringify([metadata.name, type, name, phase ?? '']),
      at: Number.isNaN(updated) ? began : updated,
      resource: name,
      type,
      status: `${actionOf(execution)} ${phase === undefined || phase === null || phase === '' ? 'Pending' : phase}`,
      ...(reason === '' ? {} : { reason }),
    }
  })
}
