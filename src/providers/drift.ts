import type { EpochMs } from '../platform/clock.ts'
import type { JsonObject } from '../platform/json.ts'

/**
 * A resource of the stack that is no longer as the template says. It never holds the value of a property, which may be a
 * secret.
 */
export interface DriftedResource {
  /** `unhealthy`: the resource failed the cloud's check, which does not say whether it still exists. */
  readonly drift: 'changed' | 'deleted' | 'unhealthy'
  /** Logical id; in a nested stack with its path, for example `Network/Vpc`. */
  readonly resource: string
  readonly type: string
  readonly physicalId?: string
  /** Names of the properties that differ, sorted; absent where the cloud does not tell. */
  readonly properties?: readonly string[]
}

/** What one detection found. */
export interface FoundDrift {
  readonly drifted: readonly DriftedResource[]
  /** False where the cloud failed to check a resource that it can check. */
  readonly isWhole: boolean
  /** Sentences on what was not checked. */
  readonly notes: readonly string[]
}

export type DriftOutcome =
  | ({
      readonly outcome: 'detected'
      readonly stack: { readonly name: string; readonly id: string }
    } & FoundDrift)
  /** The cloud cannot detect drift here; the reason is a sentence. */
  | { readonly outcome: 'impossible'; readonly reason: string }

/** How far an Update has come with the drift that it looks for first. Serializable. */
export type DriftProgress =
  /** `detection`: lets the provider find the detection again. */
  | { readonly at: 'detecting'; readonly since: EpochMs; readonly detection: JsonObject }
  | { readonly at: 'known'; readonly report: DriftReport }

/** What the answer tells of drift: bounded in size. */
export interface DriftReport {
  /** `NOT_CHECKED`: this operation has detected no drift. `UNKNOWN`: the detection failed. */
  readonly status: 'IN_SYNC' | 'DRIFTED' | 'UNKNOWN' | 'NOT_CHECKED'
  /** Logical ids, with their paths. */
  readonly resources: readonly string[]
}

/** The properties that paths such as `/Tags/0/Value` are in, sorted. The rest of a path may hold what a user has written. */
export function propertiesAt(paths: readonly (string | undefined)[]): string[] {
  const names = paths.flatMap((path = '') => path.split('/').find((part) => part !== '') ?? [])
  return [...new Set(names)].sort()
}
