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
export function resourceBehaviour(settings: JsonObject): ResourceBehaviour {
  const { DelaySeconds, Message } = settings
  return {
    delayMs: DelaySeconds === undefined ? undefined : Number(DelaySeconds) * 1000,
    failOn: failOnNames(settings),
    message: asText(Message ?? 'The resource failed as its properties ask'),
  }
}

/** The names in `FailOn`, which commas separate. */
export function failOnNames({ FailOn }: JsonObject): string[] {
  return typeof FailOn === 'string'
    ? FailOn.split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
    : []
}
