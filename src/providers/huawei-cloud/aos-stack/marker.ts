import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'

/** What a later poll needs to recognise the operation. */
const schema = v.object({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  /** Whether the lifecycle runs, so that the bridge has to wait for its end. */
  runs: v.boolean(),
  /** Whether AOS uninstalls what it could not create. */
  rollsBack: v.boolean(),
  /** AOS's id of the run; absent where AOS has not returned it. */
  actionId: v.exactOptional(v.string()),
  /** The last run before the operation. */
  before: v.exactOptional(v.string()),
  /** AOS's refusal to run the lifecycle, which may run all the same. */
  refusal: v.exactOptional(v.string()),
  /** A poll has seen the operation at work. */
  seen: v.exactOptional(v.boolean()),
})

export type Marker = v.InferOutput<typeof schema>

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}
