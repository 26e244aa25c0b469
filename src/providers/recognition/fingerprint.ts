import { createHash } from 'node:crypto'
import { type JsonObject, writeJson } from '../../platform/json.ts'

/** The `fingerprint` of a request with these properties: 32 hexadecimal digits. */
export function fingerprintOf(properties: JsonObject): string {
  return createHash('sha256').update(writeJson(properties)).digest('hex').slice(0, 32)
}
