import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'

export type Upgraded =
  { readonly ok: true; readonly operation: JsonObject } | { readonly ok: false; readonly problem: string }

/**
 * A serialized operation in the form of the current version, 2. Version 1, which 0.1.0 wrote, had other names for some
 * steps and fields; what they hold is the same. The caller checks the result against the schema. Never throws.
 */
export function upgradeOperation(operation: JsonValue | undefined): Upgraded {
  const version = isJsonObject(operation) ? operation['version'] : undefined
  if (!isJsonObject(operation) || typeof version !== 'number')
    return { ok: false, problem: 'its operation has no version' }
  switch (version) {
    case 2:
      return { ok: true, operation }
    case 1:
      return { ok: true, operation: fromVersion1(operation) }
    default:
      return {
        ok: false,
        problem: `its operation has version ${String(version)}; this version of the bridge reads 1 and 2`,
      }
  }
}

function fromVersion1({ silence, step, ...rest }: JsonObject): JsonObject {
  return {
    ...rest,
    version: 2,
    ...(isJsonObject(silence) ? { failedCalls: renamed(silence, 'calls', 'count') } : {}),
    ...(isJsonObject(step) ? { step: stepFromVersion1(step) } : {}),
  }
}

function stepFromVersion1(step: JsonObject): JsonObject {
  const { at, observe } = step
  if (at === 'observe') return observeFromVersion1(step)
  return {
    ...step,
    ...(at === 'last-look' ? { at: 'final-poll' } : {}),
    ...(isJsonObject(observe) ? { observe: observeFromVersion1(observe) } : {}),
  }
}

function observeFromVersion1(observe: JsonObject): JsonObject {
  return renamed(observe, 'doubts', 'consecutiveFailedPolls')
}

function renamed(object: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name === from ? to : name, value]))
}
