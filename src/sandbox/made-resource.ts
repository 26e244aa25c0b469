import { asText, type JsonObject, type JsonValue } from '../platform/json.ts'

/** A resource that an embedded cloud has made. */
export interface MadeResource {
  readonly physicalId: string
  readonly attributes: ReadonlyMap<string, JsonValue>
}

export function madeResource(physicalId: string, attributes: JsonObject): MadeResource {
  return { physicalId, attributes: new Map(Object.entries(attributes)) }
}

/** How a resource behaves, so that a test can make it slow or let it fail. */
export interface ResourceBehaviour {
  /** Milliseconds. `undefined`: the default delay of the cloud. */
  readonly delayMs: number | undefined
  /** `create`, `update`, `rollback`, `delete`, `update-rollback`. */
  readonly failOn: readonly string[]
  /** The reason of the failure. */
  readonly message: string
}

/** Reads `DelaySeconds`, `FailOn` (separated by commas) and `Message`. */
export function resourceBehaviour({ DelaySeconds, FailOn, Message }: JsonObject): ResourceBehaviour {
  return {
    delayMs: DelaySeconds === undefined ? undefined : Number(DelaySeconds) * 1000,
    failOn: FailOn === undefined ? [] : asText(FailOn).split(','),
    message: asText(Message ?? 'The resource failed as its properties ask'),
  }
}
