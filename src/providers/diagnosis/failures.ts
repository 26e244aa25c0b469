import type { Evidence, FailedResource, HistoryEntry } from './diagnosis.ts'

/** One event of a resource. */
export interface Happening extends HistoryEntry {
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
 * The resources that failed, each with all its events in order. `happenings` are oldest first. Causes come before consequences,
 * validations before other causes, and earlier failures before later ones.
 */
export function failedResources(
  happenings: readonly Happening[],
  evidenceFor: (path: string) => readonly Evidence[] = () => [],
): FailedResource[] {
  return [...byPath(happenings)]
    .flatMap(([path, events]) => {
      const failure = decisiveFailure(events)
      return failure === undefined ? [] : [{ path, events, failure }]
    })
    .sort((one, other) => rankOf(one.failure) - rankOf(other.failure) || one.failure.at - other.failure.at)
    .map(({ path, events, failure }) => resourceOf(path, events, failure, evidenceFor(path)))
}

function byPath(happenings: readonly Happening[]): Map<string, Happening[]> {
  const groups = new Map<string, Happening[]>()
  for (const happening of happenings) {
    const group = groups.get(happening.path)
    if (group === undefined) groups.set(happening.path, [happening])
    else group.push(happening)
  }
  return groups
}

/** A resource that fails again, for example in the rollback, counts by its first cause. */
function decisiveFailure(events: readonly Happening[]): Happening | undefined {
  return (
    events.find(({ failure }) => failure === 'cause') ??
    events.find(({ failure }) => failure === 'consequence')
  )
}

function rankOf({ failure, isValidation }: Happening): number {
  return failure === 'consequence' ? 2 : isValidation === true ? 0 : 1
}

function resourceOf(
  path: string,
  events: readonly Happening[],
  failure: Happening,
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

function ends(events: readonly Happening[]): readonly Happening[] {
  if (events.length <= MOST_EVENTS) return events
  return [...events.slice(0, MOST_EVENTS / 2), ...events.slice(-MOST_EVENTS / 2)]
}
