import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { EpochMs } from '../../platform/clock.ts'
import type { Settings } from '../../platform/settings.ts'
import type { GivenSignature } from './signature-field.ts'
import { writeSortedJson } from './sorted-json.ts'

/**
 * How to check the signature that ROS adds to a request's body if the template's `HttpConfig` has a `SignKey`:
 * `"Signature": {"Date": "2021-03-11T13:32:02Z", "Value": "<40 hex digits>"}`. Its only description is `HttpConfigProperty`
 * of https://www.npmjs.com/package/@alicloud/ros-cdk-ros; `form` is what that description does not specify.
 */
export interface RosSignature {
  readonly keys: readonly string[]
  readonly form: Readonly<Settings['signForm']>
  /** The names in the template's `HttpConfig.Headers`, in the same spelling. */
  readonly headerNames: readonly string[]
}

export interface SignedRequest {
  readonly contentType: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The URL in the ServiceToken. */
  readonly url: string
  /** The whole body as JSON, `Signature` included. */
  readonly json: Uint8Array
}

/** The largest allowed age of a signature: long enough for ROS's retries, short enough to limit replays. */
const LONGEST_AGE_MS = 15 * 60_000

/** Why the signature's date makes it invalid for any body; `undefined` if the date is valid. */
export function problemOfDate({ date }: GivenSignature, now: EpochMs): string | undefined {
  const at = Date.parse(date)
  if (Number.isNaN(at)) return "the Signature's Date is not an ISO 8601 date"
  return Math.abs(now - at) > LONGEST_AGE_MS ? "the Signature's Date is more than 15 minutes off" : undefined
}

/** Why the signature does not prove that ROS sent the request; `undefined` if it does. Quotes no part of the request. */
export function problemOfSignature(
  request: SignedRequest,
  { date, value }: GivenSignature,
  signature: RosSignature,
): string | undefined {
  const text = stringToSign(request, date, signature)
  if (!text.ok) return `the body ${text.problem}`
  const isRight = signature.keys.some((key) =>
    isEqual(sign(text.text, key, signature.form), value.toLowerCase()),
  )
  return isRight ? undefined : 'the Signature is not one of STACKBRIDGE_SIGN_KEY for this URL and body'
}

function stringToSign(request: SignedRequest, date: string, { form, headerNames }: RosSignature) {
  const [, digest, spacing] = form
  const hash = createHash('md5')
  try {
    writeSortedJson(request.json, {
      spacing,
      without: 'Signature',
      write: (piece) => void hash.update(piece),
    })
  } catch (error) {
    // The message of JSON.parse quotes the text, so it is replaced.
    if (error instanceof SyntaxError) return { ok: false, problem: 'is not JSON that can be signed' } as const
    throw error
  }
  const headers = [...headerNames]
    .sort()
    .map((name) => `${name}:${request.headers[name.toLowerCase()] ?? ''}`)
  const parts = ['POST', request.contentType, hash.digest(digest), date, ...headers, request.url]
  return { ok: true, text: parts.join('\n') } as const
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
