import { createHash, timingSafeEqual } from 'node:crypto'
import type { EpochMs } from '../../platform/clock.ts'
import type { Settings } from '../../platform/settings.ts'
import { isEventMediaType, type EventBody } from './event-body.ts'
import { mediaTypeOf, type HttpRequest, type RequestHead } from './exchange.ts'
import { problemOfDate, problemOfSignature } from './ros-signature.ts'
import { findSignature } from './signature-field.ts'
import { createTurns } from './turns.ts'

type Proofs = Pick<Settings, 'bearerTokens' | 'signKeys' | 'signForm' | 'signHeaders' | 'publicUrl'>

/** Whether the settings ask callers for any proof of who they are. */
export function asksForProof({ bearerTokens, signKeys }: Proofs): boolean {
  return bearerTokens.length > 0 || signKeys.length > 0
}

/** Whether the request bears one of the tokens: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function bearsToken({ headers }: RequestHead, { bearerTokens }: Proofs): boolean {
  const [, given] = /^Bearer +(\S+) *$/i.exec(headers['authorization'] ?? '') ?? []
  return given !== undefined && bearerTokens.some((token) => isEqual(token, given))
}

/**
 * Why the body is not proven to be ROS's; `undefined` where it is. What costs least comes first: a signature at all, its
 * date, and only then what takes time in proportion to the body. `json` gives the body as JSON, which of a form is made first.
 */
export async function problemOfBody(
  request: HttpRequest,
  json: () => EventBody,
  { signKeys, signForm, signHeaders, publicUrl }: Proofs,
  now: EpochMs,
): Promise<string | undefined> {
  const type = mediaTypeOf(request)
  if (!isEventMediaType(type)) return 'its Content-Type is not that of an event'
  const given = await inTurn(() => findSignature(type, request.body))
  if (given === undefined) return 'the request bears no Signature'
  const problem = problemOfDate(given, now)
  if (problem !== undefined) return problem
  return inTurn(() => {
    const read = json()
    if (!read.ok) return read.problem
    return problemOfSignature(
      {
        contentType: request.headers['content-type'] ?? '',
        headers: request.headers,
        url: `${publicUrl}${request.target}`,
        json: read.event,
      },
      given,
      { keys: signKeys, form: signForm, headerNames: signHeaders },
    )
  })
}

/** One for the process: all requests share its one thread. */
const inTurn = createTurns()

function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
