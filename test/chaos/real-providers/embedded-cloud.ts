import type { JsonObject, JsonValue } from '../../../src/platform/json.ts'
import type { CannedAnswer } from './canned-answers.ts'

/** What a scenario wants the foreign stack to be. */
export interface StackSpec {
  readonly value: string
  /** The stack's one resource is then no longer as the template says. */
  readonly drifts?: boolean
  /** How long each operation takes. */
  readonly waitSeconds?: number
  readonly fails?: boolean
  /** Instead of the name that the provider would choose; for stack instances, instead of the region. */
  readonly name?: string
  /** A value of the resource that cannot be updated: another one replaces the resource. */
  readonly madeFor?: string
}

/** An embedded cloud, and what is to be seen in it from outside. */
export interface EmbeddedCloud {
  readonly resourceType: string
  parameters(spec: StackSpec): JsonObject
  /** The value of each stack that stands, whatever its status. */
  values(): JsonValue[]
  /** How many stacks were ever made. */
  made(): number
  /** What plans have left in the cloud and nothing uses; absent where planning makes nothing, or the cloud cannot plan. */
  readonly leftByPlans?: () => readonly string[]
  /** What a failure of this cloud says. */
  readonly reason: RegExp
  /** Whether the answer to ROS has the value as an output. */
  readonly hasOutput: boolean
  /** A 404 of this cloud, or of what is in front of it, about something other than the stack. */
  readonly unrelated404: CannedAnswer
  close(): Promise<void>
}

/** Counts what is put into a map of stacks under a new key. */
export function countAdded(map: ReadonlyMap<string, unknown>): () => number {
  if (!isMap(map)) throw new TypeError('the stacks are not in a Map')
  const seen = new Set<string>()
  const set = map.set.bind(map)
  map.set = (key, value) => {
    if (!map.has(key)) seen.add(`${key} ${String(seen.size)}`)
    return set(key, value)
  }
  return () => seen.size
}

function isMap(map: ReadonlyMap<string, unknown>): map is Map<string, unknown> {
  return map instanceof Map
}
