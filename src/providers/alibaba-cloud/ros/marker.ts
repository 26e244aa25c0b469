import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'
import type { EventsMark } from './events.ts'

/** By what an operation is known again. */
const schema = v.object({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /** The stack's UpdateTime before the operation, as ROS writes it: in whole seconds. */
  updateTime: v.exactOptional(v.string()),
  /** What there was of events before it. */
  events: v.exactOptional(v.object({ total: v.number(), first: v.string() })),
  /** It was seen at work. */
  seen: v.exactOptional(v.boolean()),
})

export interface Marker extends JsonObject {
  readonly startedAt: number
  readonly updateTime?: string
  readonly events?: EventsMark
  readonly seen?: boolean
}

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): v.InferOutput<typeof schema> {
  return v.parse(schema, marker)
}
