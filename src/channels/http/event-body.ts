import {
  isJsonObject,
  parseJson,
  type JsonObject,
  type JsonValue,
  type ParsedJson,
  writeJson,
} from '../../platform/json.ts'

/** The two content types that `HttpConfig.ContentType` allows. */
export type EventMediaType = 'application/json' | 'application/x-www-form-urlencoded'

export function isEventMediaType(type: string): type is EventMediaType {
  return type === 'application/json' || type === 'application/x-www-form-urlencoded'
}

export type EventBody =
  | {
      readonly ok: true
      /** JSON. */
      readonly event: Uint8Array
    }
  | { readonly ok: false; readonly problem: string }

/** An event of ROS has about a dozen. Each field takes memory before the event can be checked. */
const MOST_FIELDS = 1000

/** Converts a request's body to JSON; a JSON body is returned unparsed. Never throws. */
export function eventBodyOf(type: EventMediaType, body: Uint8Array): EventBody {
  if (type === 'application/json') return { ok: true, event: body }
  if (hasMoreFields(body, MOST_FIELDS))
    return { ok: false, problem: `the body has more than ${String(MOST_FIELDS)} fields` }
  return { ok: true, event: Buffer.from(writeJson(formFields(body))) }
}

export type EventJson =
  | { readonly ok: true; readonly json: ParsedJson & { readonly ok: true }; readonly fields: JsonObject }
  | { readonly ok: false; readonly problem: string }

/** Parses the event. Never throws. `problem` quotes nothing of the body. */
export function parseEventBody(event: Uint8Array): EventJson {
  const json = parseJson(event)
  if (!json.ok) return { ok: false, problem: `the body ${json.problem}` }
  if (!isJsonObject(json.value)) return { ok: false, problem: 'the body must be a JSON object' }
  return { ok: true, json, fields: json.value }
}

const AMPERSAND = 0x26

function hasMoreFields(body: Uint8Array, most: number): boolean {
  let fields = 1
  for (let at = body.indexOf(AMPERSAND); at !== -1; at = body.indexOf(AMPERSAND, at + 1))
    if (++fields > most) return true
  return false
}

/** ROS does not document how it writes a map into a form. A field whose text is a JSON object counts as that object. */
function formFields(body: Uint8Array): JsonObject {
  const fields = [...new URLSearchParams(Buffer.from(body).toString())]
  return Object.fromEntries(fields.map(([name, text]): [string, JsonValue] => [name, mapOrText(text)]))
}

function mapOrText(text: string): JsonValue {
  const json = parseJson(Buffer.from(text))
  return json.ok && isJsonObject(json.value) ? json.value : text
}
