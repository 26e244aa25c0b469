import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

/** What a later poll needs to recognise the operation. Times are milliseconds since 1970. */
const schema = v.object({
  token: v.string(),
  startedAt: v.number(),
  /** LastUpdatedTime before the operation. */
  updatedAt: v.exactOptional(v.number()),
  /** An earlier delivery of the event started the operation, so the LastUpdatedTime before it is not known. */
  repeated: v.exactOptional(v.boolean()),
  /** A poll has seen the operation at work. */
  seen: v.exactOptional(v.boolean()),
})

export type Marker = v.InferOutput<typeof schema>

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}
