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
  /** CloudFormation's id of the operation, by which DescribeEvents finds its events. */
  operationId: v.exactOptional(v.string()),
  /** The last reason that the stack showed while the operation was at work; masked. */
  statusReason: v.exactOptional(v.string()),
})

export type Marker = v.InferOutput<typeof schema>

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}

/** What the answer to a write adds to the marker of the operation that it started. */
export function startOf(operationId: string | undefined): { readonly marker?: Partial<Marker> } {
  return operationId === undefined ? {} : { marker: { operationId } }
}
