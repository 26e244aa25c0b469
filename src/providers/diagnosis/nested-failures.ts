import type { ClassifiedEvent } from './failures.ts'
import { latestFailed, type OperationRules } from './operations.ts'
import type { Readings } from './readings.ts'

/** How a cloud shows a stack's events. `Place` is how its calls name a stack. */
export interface StackEvents<Place, Event> {
  readonly placeName: (place: Place) => string
  /** The type of a stack as a resource. */
  readonly stackType: string
  /** The events newest first, until `isEnough`. Those that are missing are noted. */
  read(place: Place, isEnough: (event: Event) => boolean): Promise<readonly Event[]>
  /** Events name the stack itself as one of its resources. */
  isOwn(event: Event, place: Place): boolean
  /** Whether the stack begins an operation with this event of its own; what a rollback begins is a part of it. */
  isBegin(event: Event): boolean
  isFailure(event: Event): boolean
  /** Another failure stopped the resource. */
  isCancelled(event: Event): boolean
  /** The logical id. */
  nameOf(event: Event): string
  /** The nested stack that a failed resource is; `undefined` for any other resource. */
  nested(event: Event): Promise<Place | undefined>
  describe(event: Event): Pick<ClassifiedEvent, 'type' | 'physicalId' | 'at' | 'status' | 'reason'>
}

/** A classified event, and where the cloud has its resource. */
export interface PlacedEvent<Place, Event> extends ClassifiedEvent {
  readonly place: Place
  readonly event: Event
  /** Whether it is of a stack itself. */
  readonly isOwn: boolean
}

const DEEPEST_NESTING = 5
/** Nested stacks whose events are read. */
const MOST_NESTED_STACKS = 50

/**
 * The events of the latest operation that failed, of a stack and of its nested stacks that failed, oldest first. A nested stack
 * whose own failure is found, and a stack whose resource explains its failure, are consequences.
 */
export async function nestedFailures<Place, Event>(
  cloud: StackEvents<Place, Event>,
  place: Place,
  readings: Readings,
): Promise<readonly PlacedEvent<Place, Event>[]> {
  const { classifiedEvents, later } = await new Walk(cloud, readings).inside(place, '', DEEPEST_NESTING)
  if (later !== undefined)
    readings.note(`A later operation has ended since, with ${later}: this is the failure before it.`)
  return [...classifiedEvents].sort((one, other) => one.at - other.at)
}

class Walk<Place, Event> {
  readonly #cloud: StackEvents<Place, Event>
  readonly #readings: Readings
  #nestedRead = 0

  constructor(cloud: StackEvents<Place, Event>, readings: Readings) {
    this.#cloud = cloud
    this.#readings = readings
  }

  async inside(place: Place, path: string, depth: number) {
    const cloud = this.#cloud
    const { events, later } = await this.#operation(place)
    const ofResources = events.filter((event) => !cloud.isOwn(event, place))
    const inner: PlacedEvent<Place, Event>[] = []
    const explained = new Set<string>()
    for (const [name, event] of lastFailures(ofResources, cloud)) {
      const nested = await this.#nested(event, depth)
      if (nested === undefined) continue
      const found = await this.inside(nested, `${path}${name}/`, depth - 1)
      if (found.classifiedEvents.some(({ failure }) => failure === 'cause')) explained.add(name)
      inner.push(...found.classifiedEvents)
    }
    const resources = ofResources.map((event) => this.#ofResource(event, place, path, explained))
    const hasCause = [...resources, ...inner].some(({ failure }) => failure === 'cause')
    const own = events
      .filter((event) => cloud.isOwn(event, place))
      .map((event) => this.#ofStack(event, place, path, hasCause))
      // A nested stack's wrapper tells the same, unless only the stack itself says why it failed.
      .filter(({ failure }) => path === '' || failure === 'cause')
    return { classifiedEvents: [...resources, ...inner, ...own], later }
  }

  async #operation(place: Place) {
    const cloud = this.#cloud
    const rules: OperationRules<Event> = {
      isBegin: (event) => cloud.isOwn(event, place) && cloud.isBegin(event),
      isFailed: (event) => cloud.isFailure(event),
    }
    // A begin is always one here, so the first one after a failure is the last event that is needed.
    let hasFailed = false
    const newestFirst = await cloud.read(place, (event) => {
      hasFailed ||= rules.isFailed(event)
      return hasFailed && rules.isBegin(event, undefined)
    })
    const { events, later } = latestFailed(newestFirst, rules)
    const end = later.findLast((event) => cloud.isOwn(event, place))
    return { events, later: end === undefined ? undefined : cloud.describe(end).status }
  }

  async #nested(event: Event, depth: number): Promise<Place | undefined> {
    if (depth > 0 && this.#nestedRead < MOST_NESTED_STACKS) {
      const nested = await this.#cloud.nested(event)
      if (nested !== undefined) this.#nestedRead += 1
      return nested
    }
    this.#readings.note('Not all nested stacks were read.')
    return undefined
  }

  #ofResource(event: Event, place: Place, path: string, explained: ReadonlySet<string>) {
    const cloud = this.#cloud
    const name = cloud.nameOf(event)
    const isConsequence = explained.has(name) || cloud.isCancelled(event)
    return {
      ...cloud.describe(event),
      place,
      event,
      isOwn: false,
      path: `${path}${name}`,
      failure: failureOf(cloud.isFailure(event), isConsequence),
    }
  }

  /** The stack's own reason explains a failure only where no resource does, as after a timeout. */
  #ofStack(event: Event, place: Place, path: string, hasCause: boolean) {
    const cloud = this.#cloud
    return {
      ...cloud.describe(event),
      place,
      event,
      isOwn: true,
      type: cloud.stackType,
      path: path === '' ? cloud.placeName(place) : path.slice(0, -1),
      failure: failureOf(cloud.isFailure(event), hasCause),
    }
  }
}

function failureOf(isFailure: boolean, isConsequence: boolean): ClassifiedEvent['failure'] {
  return !isFailure ? 'none' : isConsequence ? 'consequence' : 'cause'
}

/** By name. A resource that failed again has its latest id. */
function lastFailures<Place, Event>(
  events: readonly Event[],
  cloud: StackEvents<Place, Event>,
): ReadonlyMap<string, Event> {
  return new Map(
    events.filter((event) => cloud.isFailure(event)).map((event) => [cloud.nameOf(event), event]),
  )
}
