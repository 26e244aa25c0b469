import { createHash } from 'node:crypto'
import { isJsonList, isJsonObject, type JsonObject, type JsonValue, writeJson } from '../../platform/json.ts'

/** The `fingerprint` of a request with these properties: 32 hexadecimal digits. */
export function fingerprintOf(properties: JsonObject): string {
  return createHash('sha256').update(writeJson(properties)).digest('hex').slice(0, 32)
}

/**
 * The `wish` of a request with these properties: 8 hexadecimal digits. Only what describes the stack counts: credentials may
 * have been replaced between a Create and its Delete. The order of names and null do not count: ROS documents no order.
 * `mask` hides secrets: the stack shows the wish, and a secret could be guessed from it.
 */
export function wishOf(properties: JsonObject, mask: (text: string) => string): string {
  const described = Object.fromEntries(DESCRIBING.map((name) => [name, properties[name] ?? null]))
  return createHash('sha256')
    .update(writeJson(canonical(described, mask)))
    .digest('hex')
    .slice(0, 8)
}

const DESCRIBING = ['Stack', 'StackSet', 'StackSetName', 'DeploymentTargets', 'VarOverrides']

function canonical(value: JsonValue, mask: (text: string) => string): JsonValue {
  if (isJsonList(value)) return value.map((item) => canonical(item, mask))
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== null)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, item]) => [name, canonical(item, mask)]),
    )
  return mask(String(value))
}
