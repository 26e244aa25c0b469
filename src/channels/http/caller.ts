import type { EpochMs } from '../../platform/clock.ts'
import type { Settings } from '../../platform/settings.ts'
import { isSameSecret } from '../same-secret.ts'
import { isEventMediaType, type EventBody } from './event-body.ts'
import { mediaTypeOf, type HttpRequest, type RequestHead } from './exchange.ts'
import { problemOfDate, problemOfSignature } from './ros-signature.ts'
import { findSignature } from './signature-field.ts'
import { createTurns } from './turns.ts'

type Proofs = Pick<Settings, 'bearerTokens' | 'signKeys' | 'signForm' | 'signHeaders' | 'publicUrl'>

/** Whether the settings require that callers authenticate. */
export function requiresProof({ bearerTokens, signKeys }: Proofs): boolean {
  return bearerTokens.length > 0 || signKeys.length > 0
}

/** Whether the request has one of the tokens: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function hasToken(
  { headers }: RequestHead,
  { bearerTokens }: Pick<Settings, 'bearerTokens'>,
): boolean {
  const [, given] = /^Bearer +(\S+) *$/i.exec(headers['authorization'] ?? '') ?? []
  return given !== undefined && bearerTokens.some((token) => isSameSecret(token, given))
}

/** False for a request that a proxy on this machine forwards, or that a page in a browser on this machine sends. */
export function isFromThisMachine({ headers }: RequestHead): boolean {
  const ofProxiesAndBrowsers = [
    'forwarded',
    'x-forwarded-for',
    'x-real-ip',
    'via',
    'origin',
    'sec-fetch-site',
  ]
  return (
    ofProxiesAndBrowsers.every((name) => headers[name] === undefined) &&
    /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(headers['host'] ?? '')
  )
}

/**
 * Why the body is not proven to be from ROS; `undefined` if it is. The cheap checks come first: whether there is a signature,
 * and its date. Only then the body is hashed. `json` returns the body as JSON and converts a form on its first call.
 */
export async function problemOfBody(
  request: HttpRequest,
  json: () => EventBody,
  { signKeys, signForm, signHeaders, publicUrl }: Proofs,
  now: EpochMs,
): Promise<string | undefined> {
  const type = mediaTypeOf(request)
  if (!isEventMediaType(type)) return 'its Content-Type is not one of an event'
  const given = await inTurn(() => findSignature(type, request.body))
  if (given === undefined) return 'the request has no Signature'
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

/** One for the whole process, since all requests share one thread. */
const inTurn = createTurns()
