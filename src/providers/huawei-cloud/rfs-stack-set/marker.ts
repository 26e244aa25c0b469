import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

const schema = v.object({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /** RFS's id of the deployment; absent where nothing is deployed, and where another delivery of the event has begun it. */
  operationId: v.exactOptional(v.string()),
  /** The digest of what is deployed, to be written down when it is. */
  design: v.exactOptional(v.string()),
})

export interface Marker extends JsonObject {
  readonly startedAt: number
  readonly operationId?: string
  readonly design?: string
}

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): v.InferOutput<typeof schema> {
  return v.parse(schema, marker)
}
