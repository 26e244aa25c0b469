import type { JsonObject, JsonValue } from '../../platform/json.ts'

/** A call of RFS or AOS, once its signature or token has been checked. */
export interface ServiceCall {
  readonly method: string
  /** The path behind the service's own prefix, decoded. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly body: JsonObject
}

export interface ServiceAnswer {
  readonly status: number
  readonly body?: JsonValue
}
