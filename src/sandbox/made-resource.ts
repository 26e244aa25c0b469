import { asText, type JsonObject, type JsonValue } from '../platform/json.ts'

/** A resource that an embedded cloud has made. */
export interface MadeResource {
  readonly physicalId: string
  readonly attributes: ReadonlyMap<string, JsonValue>
}

export function madeResource(physicalId: string, attributes: JsonObject): MadeResource {
  return { physicalId, attributes: new Map(Object.entries(attributes)) }
}

/** How a resource behaves on purpose, so that tests can have it slow or failing. */
export interface ResourceBehaviour {
  /** Milliseconds. `undefined`: as long as any other resource. */
  readonly delayMs: number | undefined
  /** `create`, `update`, `rollback`, `delete`, `update-rollback`. */
  readonly failOn: readonly string[]
  /** Of the failure. */
  readonly message: string
}

/** From `DelaySeconds`, `FailOn` (a list, separated by commas) and `Message`. */
export function resourceBehaviour(
  { DelaySeconds, FailOn, Message }: JsonObject,
  defaultMessage: string,
): ResourceBehaviour {
  return {
    delayMs: DelaySeconds === undefined ? undefined : Number(DelaySeconds) * 1000,
    failOn: FailOn === undefined ? [] : asText(FailOn).split(','),
    message: Message === undefined ? defaultMessage : asText(Message),
  }
}
