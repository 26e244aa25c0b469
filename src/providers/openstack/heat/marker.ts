import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

const quiet = v.object({
  outages: v.number(),
  /** The newest event's id. */
  event: v.exactOptional(v.string()),
  since: v.number(),
})

const failedBefore = v.object({
  /** The stack's newest event; absent where it has none, or the credentials may not read it. */
  event: v.exactOptional(v.string()),
})

/** What a later poll needs to recognise the operation. */
const schema = v.object({
  /** The tag that the operation puts on the stack; absent for a deletion. */
  requestTag: v.exactOptional(v.string()),
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /** Heat's updated_time before an update, as Heat writes it; absent where no update came before. */
  updatedTime: v.exactOptional(v.string()),
  /** Whether this cloud has shown a stack's tags. */
  showsTags: v.exactOptional(v.boolean()),
  /** Since when the stack has shown no new event, and after how many outages; see revival.ts. */
  quiet: v.exactOptional(quiet),
  /** When Heat was last asked to resume the operation. */
  revivedAt: v.exactOptional(v.number()),
  /** The stack was in DELETE_FAILED before this deletion; absent where it was not. */
  failedBefore: v.exactOptional(failedBefore),
  /** A poll has seen the operation at work. */
  seen: v.exactOptional(v.boolean()),
})

export type Marker = v.InferOutput<typeof schema>
export type QuietPeriod = v.InferOutput<typeof quiet>

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}
