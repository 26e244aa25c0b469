import { type JsonValue, writeJson } from '../../platform/json.ts'
import { MNS_LIMITS } from '../../platform/limits/mns.ts'
import { PAYLOAD_LIMITS } from '../../platform/limits/function-compute.ts'
import { warning, type Finding } from './finding.ts'

/** An event beside its properties: ids, names and two signed URLs. Bytes. */
const BYTES_BESIDE_PROPERTIES = 2500

/** Whether the events of a resource can be served, and answered for: an Update has the old properties beside the new. */
export function sizeFindings(
  parameters: JsonValue | undefined,
  serviceToken: JsonValue | undefined,
): Finding[] {
  if (parameters === undefined) return []
  const bytes = Buffer.byteLength(writeJson(parameters))
  const path = 'Parameters'
  const update = problemOf(2 * bytes + BYTES_BESIDE_PROPERTIES, serviceToken)
  const create = problemOf(bytes + BYTES_BESIDE_PROPERTIES, serviceToken)
  if (create !== undefined) return [warning(path, `makes a Create event of ${create}`)]
  return update === undefined
    ? []
    : [warning(path, `makes an Update event, with the old properties and the new, of ${update}`)]
}

/** The same of an event as it is. */
export function eventSizeFindings(bytes: number): Finding[] {
  const problem = problemOf(bytes, undefined)
  return problem === undefined ? [] : [warning('', `has ${problem}`)]
}

function problemOf(bytes: number, serviceToken: JsonValue | undefined): string | undefined {
  const { largest, rescuable } = PAYLOAD_LIMITS
  const token = typeof serviceToken === 'string' ? serviceToken : 'acs:fc'
  const remedy = 'give the template by TemplateURL'
  const about = `about ${String(bytes)} bytes`
  // A server takes larger ones, and its journal keeps them.
  if (token.startsWith('web')) return undefined
  if (token.startsWith('acs:mns'))
    return bytes > MNS_LIMITS.message.most
      ? `${about}, and a message of MNS holds ${String(MNS_LIMITS.message.most)}: ${remedy}`
      : undefined
  if (bytes > largest)
    return `${about}, and Function Compute takes ${String(largest)} in an asynchronous invocation: ${remedy}`
  return bytes > rescuable
    ? `${about}, and a failure destination can be given ${String(rescuable)}: nobody could answer for a call that dies; ${remedy}`
    : undefined
}
