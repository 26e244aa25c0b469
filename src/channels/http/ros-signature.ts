import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { EpochMs } from '../../platform/clock.ts'
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { Settings } from '../../platform/settings.ts'

/**
 * The signature that ROS puts into a request's body where the template's `HttpConfig` has a `SignKey`:
 * `"Signature": {"Date": "2021-03-11T13:32:02Z", "Value": "<40 hex digits>"}`. It is described in `HttpConfigProperty` of
 * https://www.npmjs.com/package/@alicloud/ros-cdk-ros and nowhere else; what is left open there is `form`.
 */
export interface RosSignature {
  readonly keys: readonly string[]
  readonly form: Readonly<Settings['signForm']>
  /** Names as the template's `HttpConfig.Headers` has them. */
  readonly headerNames: readonly string[]
}

export interface SignedRequest {
  readonly contentType: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** As the ServiceToken has it. */
  readonly url: string
  /** The body's data as `parseLexemes` reads it, with its `Signature`. */
  readonly data: JsonObject
}

/** How far the signature's date may be off: long enough for ROS's own retries, too short to be of use to a thief for long. */
const LONGEST_AGE_MS = 15 * 60_000

/** Why the signature does not prove that the request is ROS's; `undefined` where it does. Quotes no part of it. */
export function problemOfSignature(
  request: SignedRequest,
  signature: RosSignature,
  now: EpochMs,
): string | undefined {
  const { Signature: given, ...data } = request.data
  const date = isObject(given) ? given['Date'] : undefined
  const value = isObject(given) ? given['Value'] : undefined
  if (typeof date !== 'string' || typeof value !== 'string') return 'the request bears no Signature'
  const at = Date.parse(date)
  if (Number.isNaN(at)) return "the Signature's Date is no ISO 8601 date"
  if (Math.abs(now - at) > LONGEST_AGE_MS) return "the Signature's Date is more than 15 minutes off"
  const text = stringToSign({ ...request, data }, date, signature)
  const isRight = signature.keys.some((key) => isEqual(sign(text, key, signature.form), value.toLowerCase()))
  return isRight ? undefined : 'the Signature is not one of STACKBRIDGE_SIGN_KEY for this URL and body'
}

function stringToSign(request: SignedRequest, date: string, { form, headerNames }: RosSignature): string {
  const [, digest, spacing] = form
  const md5 = createHash('md5').update(writeSorted(request.data, spacing)).digest(digest)
  const headers = [...headerNames]
    .sort()
    .map((name) => `${name}:${request.headers[name.toLowerCase()] ?? ''}`)
  return ['POST', request.contentType, md5, date, ...headers, request.url].join('\n')
}

function sign(text: string, key: string, [use]: RosSignature['form']): string {
  return use === 'hmac'
    ? createHmac('sha1', key).update(text).digest('hex')
    : createHash('sha1').update(`${text}${key}`).digest('hex')
}

function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** A number stands as a text with this before it, so that `1.0` and what a double cannot hold stay as they were written; no text of a request can begin with it. */
const NUMBER_MARK = `\u0000${randomBytes(16).toString('hex')}:`
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** JSON whose numbers are kept as they were written, for `problemOfSignature`; throws `SyntaxError` for what is no JSON. */
export function parseLexemes(text: string): unknown {
  const marked = text.replaceAll(STRING_OR_NUMBER, (lexeme) =>
    lexeme.startsWith('"') ? lexeme : JSON.stringify(`${NUMBER_MARK}${lexeme}`),
  )
  return JSON.parse(marked)
}

/** As Python's `json.dumps(value, sort_keys=True)` writes it: keys in order of code points, nothing but ASCII. */
function writeSorted(value: JsonValue, spacing: 'spaced' | 'compact'): string {
  const [comma, colon] = spacing === 'spaced' ? [', ', ': '] : [',', ':']
  const write = (part: JsonValue): string => {
    if (isJsonList(part)) return `[${part.map(write).join(comma)}]`
    if (isJsonObject(part)) {
      const entries = Object.entries(part).sort(([one], [other]) => byCodePoint(one, other))
      return `{${entries.map(([name, item]) => `${ascii(name)}${colon}${write(item)}`).join(comma)}}`
    }
    if (typeof part !== 'string') return String(part)
    return part.startsWith(NUMBER_MARK) ? part.slice(NUMBER_MARK.length) : ascii(part)
  }
  return write(value)
}

function ascii(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Python compares code points where JavaScript compares UTF-16 units. */
function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && isJsonObject(value)
}
