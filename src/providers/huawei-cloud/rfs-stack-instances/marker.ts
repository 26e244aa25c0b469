import * as v from 'valibot'
import type { JsonObject } from '../../../platform/json.ts'
import { stepSchema, type Step } from './steps.ts'

const schema = v.object({ operationId: v.exactOptional(v.string()), then: v.array(stepSchema) })

export interface Marker {
  /** RFS's id of the running operation; absent where nothing had to change. */
  readonly operationId?: string
  /** The steps after it. */
  readonly then: readonly Step[]
}

/** Throws for a marker that this provider has not made. */
export function readMarker(marker: JsonObject): Marker {
  return v.parse(schema, marker)
}

export function writeMarker({ operationId, then }: Marker): JsonObject {
  return {
    ...(operationId === undefined ? {} : { operationId }),
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
