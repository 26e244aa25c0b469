import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

/** What a later poll needs to recognise the operation. */
const schema = v.object({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /** The stack's UpdateTime before the operation, as ROS writes it, in whole seconds. */
  updateTime: v.exactOptional(v.string()),
  /** The position in the stack's events before the operation. */
  events: v.exactOptional(v.object({ total: v.number(), first: v.string() })),
  /** A poll has seen the operation at work. */
  seen: v.exactOptional(v.boolean()),
})

export type Marker = v.InferOutput<typeof schema>

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}
