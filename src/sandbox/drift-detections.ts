import type { Clock, EpochMs } from '../platform/clock.ts'
import { writeJson, type JsonObject } from '../platform/json.ts'
import type { ResourceDrift } from './resource-drift.ts'

/** One detection of drift in a stack, which ends after a time. */
export interface DriftDetection<Stack, Resource> {
  readonly id: string
  readonly stack: Stack
  readonly startedAt: EpochMs
  readonly isRunning: boolean
  readonly results: readonly DriftResult<Resource>[]
}

export interface DriftResult<Resource> {
  readonly resource: Resource
  readonly drift: ResourceDrift
}

interface Setup<Stack, Resource> {
  readonly clock: Clock
  readonly nextId: () => string
  /** Milliseconds that a detection takes. */
  readonly detectionMs: () => number
  readonly driftIn: (stack: Stack, resource: Resource) => ResourceDrift
  readonly onEnd: (detection: DriftDetection<Stack, Resource>) => void
}

/** The detections of an embedded cloud. What a stack is like at the start of a detection is its result. */
export class DriftDetections<Resource, Stack extends { readonly resources: ReadonlyMap<string, Resource> }> {
  readonly #setup: Setup<Stack, Resource>
  readonly #detections = new Map<string, Running<Stack, Resource>>()

  constructor(setup: Setup<Stack, Resource>) {
    this.#setup = setup
  }

  start(stack: Stack): DriftDetection<Stack, Resource> {
    const { clock, nextId, driftIn } = this.#setup
    const detection: Running<Stack, Resource> = {
      id: nextId(),
      stack,
      startedAt: clock.now(),
      isRunning: true,
      results: [...stack.resources.values()].map((resource) => ({
        resource,
        drift: driftIn(stack, resource),
      })),
    }
    this.#detections.set(detection.id, detection)
    void this.#end(detection)
    return detection
  }

  async #end(detection: Running<Stack, Resource>): Promise<void> {
    await this.#setup.clock.sleep(this.#setup.detectionMs())
    detection.isRunning = false
    this.#setup.onEnd(detection)
  }

  get(id: string): DriftDetection<Stack, Resource> | undefined {
    return this.#detections.get(id)
  }

  isRunning(stack: Stack): boolean {
    return [...this.#detections.values()].some((one) => one.stack === stack && one.isRunning)
  }

  /** The latest one that has ended. */
  latest(stack: Stack): DriftDetection<Stack, Resource> | undefined {
    return [...this.#detections.values()].findLast((one) => one.stack === stack && !one.isRunning)
  }
}

interface Running<Stack, Resource> extends DriftDetection<Stack, Resource> {
  isRunning: boolean
}

export function hasDrifted({ status }: ResourceDrift): boolean {
  return status === 'MODIFIED' || status === 'DELETED'
}

/** The reasons of the resources that could not be checked. `describe`: the text for one. */
export function failuresOf<Resource>(
  results: readonly DriftResult<Resource>[],
  describe: (resource: Resource, reason: string) => string,
): string[] {
  return results.flatMap(({ resource, drift }) =>
    drift.status === 'FAILED' ? [describe(resource, drift.reason)] : [],
  )
}

/** What a resource is like now, and how that differs from its template, in the form that both clouds document. */
export function differencesOf(properties: JsonObject, drift: ResourceDrift) {
  const names = drift.status === 'MODIFIED' ? drift.properties : []
  return {
    actual: { ...properties, ...Object.fromEntries(names.map((name) => [name, CHANGED])) },
    differences: names.map((name) => ({
      PropertyPath: `/${name}`,
      ExpectedValue: writeJson(properties[name] ?? null),
      ActualValue: CHANGED,
      DifferenceType: 'NOT_EQUAL',
    })),
  }
}

const CHANGED = 'changed outside of the stack'
