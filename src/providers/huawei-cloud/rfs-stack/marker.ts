import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

/** What a later poll needs to recognise the operation. */
const schema = v.object({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /** Whether there is a template, and so a deployment to wait for. */
  deploys: v.boolean(),
  /** RFS's id of the deployment; absent for a deletion, and where another delivery of the event started it. */
  deploymentId: v.exactOptional(v.string()),
  /** RFS's update_time just before the operation, as RFS writes it. */
  updateTime: v.exactOptional(v.string()),
  /** When an earlier delivery started the operation, by the clock of its process; milliseconds since 1970. */
  begunAt: v.exactOptional(v.number()),
  /** A poll has seen the operation at work. */
  seen: v.exactOptional(v.boolean()),
})

export type Marker = v.InferOutput<typeof schema>

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}
