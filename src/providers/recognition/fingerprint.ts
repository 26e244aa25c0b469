import { createHash } from 'node:crypto'
import { type JsonObject, writeJson } from '../../platform/json.ts'

/** The `fingerprint` of a request with these properties: 32 hexadecimal digits. */
export function fingerprintOf(properties: JsonObject): string {
  return createHash('sha256').update(writeJson(properties)).digest('hex').slice(0, 32)
}

/**
 * The `wish` of a request with these properties: 8 hexadecimal digits. Only what describes the stack counts: credentials may
 * have been replaced between a Create and its Delete.
 */
export function wishOf(properties: JsonObject): string {
  return fingerprintOf(Object.fromEntries(DESCRIBING.map((name) => [name, properties[name] ?? null]))).slice(
    0,
    8,
  )
}

const DESCRIBING = ['Stack', 'StackSet', 'StackSetName', 'DeploymentTargets', 'VarOverrides']
