/** How a cloud's events show a stack's operations. */
export interface OperationRules<Event> {
  /** Whether the stack begins an operation with this event. `older`: the event before it. */
  readonly isBegin: (event: Event, older: Event | undefined) => boolean
  readonly isFailed: (event: Event) => boolean
}

/** The events of the latest operation that failed, oldest first. */
export interface FailedOperation<Event> {
  /** Empty where no operation failed. */
  readonly events: readonly Event[]
  /** Those of the latest operation, where it came after; it did not fail. */
  readonly later: readonly Event[]
}

/** Finds the latest operation that failed in a stack's events. */
export function latestFailed<Event>(
  newestFirst: readonly Event[],
  rules: OperationRules<Event>,
): FailedOperation<Event> {
  const operations = operationsIn(newestFirst, rules)
  const at = operations.findIndex((events) => events.some(rules.isFailed))
  const oldestFirst = (index: number) => [...(operations[index] ?? [])].reverse()
  if (at === -1) return { events: [], later: [] }
  return { events: oldestFirst(at), later: at === 0 ? [] : oldestFirst(0) }
}

/**
 * Tells when the events that were read, newest first, hold the latest operation that failed: at the second begin after a failure,
 * since what the first one begins can be a part of the same operation.
 */
export function holdsFailure<Event>({ isBegin, isFailed }: OperationRules<Event>): (event: Event) => boolean {
  let hasFailed = false
  let begins = 0
  return (event) => {
    hasFailed ||= isFailed(event)
    if (hasFailed && isBegin(event, undefined)) begins += 1
    return begins > 1
  }
}

function operationsIn<Event>(newestFirst: readonly Event[], { isBegin }: OperationRules<Event>): Event[][] {
  const operations: Event[][] = []
  let current: Event[] = []
  newestFirst.forEach((event, index) => {
    current.push(event)
    if (!isBegin(event, newestFirst[index + 1])) return
    operations.push(current)
    current = []
  })
  return current.length === 0 ? operations : [...operations, current]
}
