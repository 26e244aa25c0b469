import type { Evidence, FailedResource, HistoryEntry } from './diagnosis.ts'

/** One event of a resource, with what it means for the diagnosis. */
export interface ClassifiedEvent extends HistoryEntry {
  readonly path: string
  readonly type: string
  readonly physicalId?: string | undefined
  /** `cause`: a failure of its own. `consequence`: another failure caused it. */
  readonly failure: 'none' | 'cause' | 'consequence'
  /** The cloud refused it before it began. */
  readonly isValidation?: boolean
}

/** Events that are kept of one resource: its first and its last ones. */
const MOST_EVENTS = 40

/**
 * The resources that failed, each with all its events in order. `classifiedEvents`: oldest first. Causes come before
 * consequences, validations before other causes, and earlier failures before later ones.
 */
export function failedResources(
  classifiedEvents: readonly ClassifiedEvent[],
  evidenceFor: (path: string) => readonly Evidence[] = () => [],
): FailedResource[] {
  return [...byPath(classifiedEvents)]
    .flatMap(([path, events]) => {
      const failure = decisiveFailure(events)
      return failure === undefined ? [] : [{ path, events, failure }]
    })
    .sort((one, other) => rankOf(one.failure) - rankOf(other.failure) || one.failure.at - other.failure.at)
    .map(({ path, events, failure }) => resourceOf(path, events, failure, evidenceFor(path)))
}

function byPath(classifiedEvents: readonly ClassifiedEvent[]): Map<string, ClassifiedEvent[]> {
  const groups = new Map<string, ClassifiedEvent[]>()
  for (const classified of classifiedEvents) {
    const group = groups.get(classified.path)
    if (group === undefined) groups.set(classified.path, [classified])
    else group.push(classified)
  }
  return groups
}

/** A resource that fails again, for example in the rollback, counts by its first cause. */
function decisiveFailure(events: readonly ClassifiedEvent[]): ClassifiedEvent | undefined {
  return (
    events.find(({ failure }) => failure === 'cause') ??
    events.find(({ failure }) => failure === 'consequence')
  )
}

function rankOf({ failure, isValidation }: ClassifiedEvent): number {
  return failure === 'consequence' ? 2 : isValidation === true ? 0 : 1
}

function resourceOf(
  path: string,
  events: readonly ClassifiedEvent[],
  failure: ClassifiedEvent,
  evidence: readonly Evidence[],
): FailedResource {
  const physicalId = events.findLast((event) => (event.physicalId ?? '') !== '')?.physicalId
  return {
    path,
    type: failure.type,
    ...(physicalId === undefined ? {} : { physicalId }),
    isConsequence: failure.failure === 'consequence',
    history: ends(events).map(({ at, status, reason }) => ({
      at,
      status,
      ...(reason === undefined || reason === '' ? {} : { reason }),
    })),
    evidence,
  }
}

function ends(events: readonly ClassifiedEvent[]): readonly ClassifiedEvent[] {
  if (events.length <= MOST_EVENTS) return events
  return [...events.slice(0, MOST_EVENTS / 2), ...events.slice(-MOST_EVENTS / 2)]
}
