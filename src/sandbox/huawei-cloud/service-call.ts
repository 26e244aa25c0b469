import type { JsonObject, JsonValue } from '../../platform/json.ts'

/** An authenticated call of RFS or AOS. */
export interface ServiceCall {
  readonly method: string
  /** The path after the prefix of the service, decoded. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly body: JsonObject
}

export interface ServiceAnswer {
  readonly status: number
  readonly body?: JsonValue
}
