import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'
import { stepSchema, type Step } from './steps.ts'

const schema = v.object({
  operationId: v.exactOptional(v.string()),
  waits: v.exactOptional(v.number()),
  then: v.array(stepSchema),
})

export interface Marker {
  /** RFS's id of the running operation; absent where nothing had to change. */
  readonly operationId?: string
  /** Another request's operation runs, and nothing of this request has begun; how often RFS has refused to begin it since. */
  readonly waits?: number
  /** The steps after it. */
  readonly then: readonly Step[]
}

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}

export function writeMarker({ operationId, waits, then }: Marker): JsonObject {
  return {
    ...(operationId === undefined ? {} : { operationId }),
    ...(waits === undefined ? {} : { waits }),
    then: then.map(({ does, targets: { regions, members }, reverts }) => ({
      does,
      targets: {
        regions,
        members:
          members.by === 'selection'
            ? { by: members.by, body: members.body }
            : { by: members.by, ids: members.ids },
      },
      ...(reverts === undefined ? {} : { reverts }),
    })),
  }
}
