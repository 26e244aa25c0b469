import { isJsonObject, parseJson, type JsonValue } from '../../platform/json.ts'
import type { EventMediaType } from './event-body.ts'
import { COLON, COMMA, OPENING_BRACE, QUOTE, skipSpace, skipString, skipValue, startOf } from './json-scan.ts'

/** The field that ROS adds to the event: `"Signature": {"Date": "2021-03-11T13:32:02Z", "Value": "<40 hex digits>"}`. */
export interface GivenSignature {
  readonly date: string
  readonly value: string
}

const NAME = 'Signature'
/** Enough for a date, 40 digits and their names, percent-encoded or not. */
const LONGEST_BYTES = 1024
const AMPERSAND = 0x26

/**
 * Finds the signature in a body without parsing the body, in at most one pass over its bytes; `undefined` if there is none.
 * Never throws.
 */
export function findSignature(type: EventMediaType, body: Uint8Array): GivenSignature | undefined {
  const field = type === 'application/json' ? memberOf(body) : formField(body)
  if (field === undefined || field.byteLength > LONGEST_BYTES) return undefined
  const json = parseJson(field)
  if (!json.ok || !isJsonObject(json.value)) return undefined
  const { Date: date, Value: value }: { Date?: JsonValue; Value?: JsonValue } = json.value
  return typeof date === 'string' && typeof value === 'string' ? { date, value } : undefined
}

/** The bytes of the value of the outermost object's member `Signature`. */
function memberOf(json: Uint8Array): Uint8Array | undefined {
  const quoted = Buffer.from(`"${NAME}"`)
  if (!viewOf(json).includes(quoted)) return undefined
  let at = skipSpace(json, startOf(json))
  if (json[at] !== OPENING_BRACE) return undefined
  do {
    const key = skipSpace(json, at + 1)
    if (json[key] !== QUOTE) return undefined
    const keyEnd = skipString(json, key)
    const colon = skipSpace(json, keyEnd)
    if (json[colon] !== COLON) return undefined
    const value = skipSpace(json, colon + 1)
    const end = skipValue(json, value)
    if (quoted.equals(json.subarray(key, keyEnd))) return json.subarray(value, end)
    at = skipSpace(json, end)
  } while (json[at] === COMMA)
  return undefined
}

function formField(body: Uint8Array): Uint8Array | undefined {
  const form = viewOf(body)
  const isFirst = form.subarray(0, NAME.length + 1).toString() === `${NAME}=`
  const from = isFirst ? 0 : form.indexOf(`&${NAME}=`) + 1
  if (from === 0 && !isFirst) return undefined
  const end = form.indexOf(AMPERSAND, from)
  const field = form.subarray(from, end === -1 ? form.length : end)
  if (field.byteLength > LONGEST_BYTES) return undefined
  return Buffer.from(new URLSearchParams(field.toString()).get(NAME) ?? '')
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
