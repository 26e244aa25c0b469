import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'
import { stepSchema, type Step } from './steps.ts'

const schema = v.object({
  operationId: v.exactOptional(v.string()),
  isWaiting: v.exactOptional(v.boolean()),
  then: v.array(stepSchema),
})

export interface Marker {
  /** RFS's id of the running operation; absent where nothing had to change. */
  readonly operationId?: string
  /** Another request's operation runs, and nothing of this request has begun. */
  readonly isWaiting?: boolean
  /** The steps after it. */
  readonly then: readonly Step[]
}

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}

export function writeMarker({ operationId, isWaiting, then }: Marker): JsonObject {
  return {
    ...(operationId === undefined ? {} : { operationId }),
    ...(isWaiting === undefined ? {} : { isWaiting }),
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
