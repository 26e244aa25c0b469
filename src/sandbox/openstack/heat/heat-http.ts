import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { HeatFault } from '../fault.ts'

/** An authenticated request to Heat. */
export interface HeatRequest {
  readonly method: string
  /** After `/v1/<project>`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: JsonObject
}

export interface HeatResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: JsonValue
}

export function ok(body: JsonValue): HeatResponse {
  return { status: 200, body }
}

export function notFound(): HeatFault {
  return new HeatFault(404, 'HTTPNotFound', 'The resource could not be found.')
}
