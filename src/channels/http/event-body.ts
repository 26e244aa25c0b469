import { isJsonObject, isJsonValue, parseJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { mediaTypeOf, type HttpRequest } from './exchange.ts'
import { parseLexemes } from './ros-signature.ts'

export type EventBody =
  | {
      readonly ok: true
      /** JSON, as the bridge reads it. */
      readonly event: Uint8Array
      /** The same, with its numbers as they were written: what a signature is made of. */
      readonly data: JsonObject
    }
  | { readonly ok: false; readonly status: 400 | 415; readonly problem: string }

/** Reads a request's body in either of the two content types that `HttpConfig.ContentType` allows. Never throws. */
export function readEventBody(request: HttpRequest): EventBody {
  switch (mediaTypeOf(request)) {
    case 'application/json':
      return readJson(request.body)
    case 'application/x-www-form-urlencoded':
      return readJson(Buffer.from(JSON.stringify(formFields(request.body))))
    default:
      return {
        ok: false,
        status: 415,
        problem: 'Content-Type must be application/json or application/x-www-form-urlencoded',
      }
  }
}

function readJson(body: Uint8Array): EventBody {
  const json = parseJson(body)
  if (!json.ok) return { ok: false, status: 400, problem: `the body ${json.problem}` }
  const data = parseLexemes(new TextDecoder().decode(body))
  if (!isJsonObject(data) || !isJsonValue(data))
    return { ok: false, status: 400, problem: 'the body must be a JSON object' }
  return { ok: true, event: body, data }
}

/** How ROS writes a map into a form is not documented: a field that reads as a JSON object is taken for one. */
function formFields(body: Uint8Array): JsonObject {
  const fields = [...new URLSearchParams(Buffer.from(body).toString())]
  return Object.fromEntries(fields.map(([name, text]): [string, JsonValue] => [name, mapOrText(text)]))
}

function mapOrText(text: string): JsonValue {
  const json = parseJson(Buffer.from(text))
  return json.ok && isJsonObject(json.value) ? json.value : text
}
