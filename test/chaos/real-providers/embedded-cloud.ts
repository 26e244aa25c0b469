import type { JsonObject, JsonValue } from '../../../src/platform/json.ts'
import type { CannedAnswer } from './canned-answers.ts'

/** The foreign stack that a scenario asks for. */
export interface StackSpec {
  readonly value: string
  /** The stack's only resource then differs from the template. */
  readonly drifts?: boolean
  /** Duration of each operation. */
  readonly waitSeconds?: number
  readonly fails?: boolean
  /** Replaces the name that the provider would choose; for stack instances, the region. */
  readonly name?: string
  /** A value of the resource that cannot be updated: a change replaces the resource. */
  readonly madeFor?: string
}

/** An embedded cloud, and what a test can observe in it. */
export interface EmbeddedCloud {
  readonly resourceType: string
  parameters(spec: StackSpec): JsonObject
  /** The value of each existing stack, whatever its status. */
  values(): JsonValue[]
  /** How many stacks were created in total. */
  made(): number
  /** Unused objects that plans have left in the cloud; absent if planning creates nothing, or if the cloud cannot plan. */
  readonly leftByPlans?: () => readonly string[]
  /** Matches the reason of a failure of this cloud. */
  readonly reason: RegExp
  /** Whether the answer to ROS has the value as an output. */
  readonly hasOutput: boolean
  /** A 404 about something other than the stack, from this cloud or a server in front of it. */
  readonly unrelated404: CannedAnswer
  close(): Promise<void>
}

/** Counts the new keys that are added to a map of stacks. */
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
