import { asText, type JsonObject } from '../platform/json.ts'

/** How a resource behaves, so that a test or a user can make it slow or let it fail. */
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
