import { createHash } from 'node:crypto'
import { isJsonList, isJsonObject, type JsonObject, type JsonValue, writeJson } from '../../platform/json.ts'

/**
 * The name of the digest in marks, and in continuations. It keeps the name that versions before wrote: stacks and operations
 * under way have it.
 */
export const STACK_DIGEST_FIELD = 'wish'

/**
 * The `stackDigest` of a request with these properties: 8 hexadecimal digits. Only what describes the stack counts:
 * credentials may have been replaced between a Create and its Delete. The order of names and null do not count: ROS documents
 * no order. `mask` hides secrets: the stack shows the digest, and a secret could be guessed from it.
 */
export function stackDigestOf(properties: JsonObject, mask: (text: string) => string): string {
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
