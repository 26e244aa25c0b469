import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

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
  quiet: v.exactOptional(
    v.object({ outages: v.number(), event: v.exactOptional(v.string()), since: v.number() }),
  ),
  /** When Heat was last asked to resume the operation. */
  revivedAt: v.exactOptional(v.number()),
})

export interface Marker extends JsonObject {
  readonly requestTag?: string
  readonly startedAt: number
  readonly updatedTime?: string
  readonly showsTags?: boolean
  readonly quiet?: Quiet
  readonly revivedAt?: number
}

export interface Quiet extends JsonObject {
  readonly outages: number
  /** The newest event's id. */
  readonly event?: string
  readonly since: number
}

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): v.InferOutput<typeof schema> {
  return v.parse(schema, marker)
}
