import { createHash } from 'node:crypto'
import { isJsonObject, parseJson } from '../platform/json.ts'

const IDS = ['StackId', 'LogicalResourceId', 'RequestId', 'RequestType']

/**
 * A key that is the same for each delivery of one event, and different for different events: 32 hexadecimal digits.
 * `undefined` if the bytes are not JSON with the event's ids.
 */
export function eventKey(event: Uint8Array): string | undefined {
  const json = parseJson(event)
  if (!json.ok || !isJsonObject(json.value)) return undefined
  const fields = json.value
  const ids = IDS.map((name) => fields[name])
  if (!ids.every((id) => typeof id === 'string' && id !== '')) return undefined
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 32)
}
