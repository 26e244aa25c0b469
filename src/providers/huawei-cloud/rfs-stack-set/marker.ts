import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

const schema = v.object({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /**
   * RFS's id of the deployment; absent where nothing is deployed, and where another delivery of the event started it.
   */
  operationId: v.exactOptional(v.string()),
  /** The digest of the deployed template and variables; written into the description when the deployment succeeds. */
  design: v.exactOptional(v.string()),
})

export type Marker = v.InferOutput<typeof schema>

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}
