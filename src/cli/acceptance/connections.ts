import { isJsonObject, parseJson, type JsonObject } from '../../platform/json.ts'
import { readBytes } from '../options/read-bytes.ts'
import { UsageError } from '../usage-error.ts'
import type { AcceptanceCloud } from './clouds/acceptance-cloud.ts'

/** Properties that say where a cloud is, by its name; read from JSON files. Throws `UsageError`. */
export async function connectionsIn(
  files: readonly (readonly [cloud: AcceptanceCloud, path: string])[],
  stdin: AsyncIterable<unknown>,
): Promise<ReadonlyMap<string, JsonObject>> {
  const connections = new Map<string, JsonObject>()
  for (const [{ name }, path] of files) {
    const parsed = parseJson(await readBytes(path, stdin))
    if (!parsed.ok || !isJsonObject(parsed.value))
      throw new UsageError(`${path} must hold a JSON object of properties, such as {"RegionId":"us-east-1"}`)
    if ('Stack' in parsed.value)
      throw new UsageError(`${path} must not hold Stack; the scenarios make their own`)
    connections.set(name, parsed.value)
  }
  return connections
}
