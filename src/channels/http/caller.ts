import { createHash, timingSafeEqual } from 'node:crypto'
import type { EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { Settings } from '../../platform/settings.ts'
import type { HttpRequest } from './exchange.ts'
import { problemOfSignature } from './ros-signature.ts'

type Proofs = Pick<Settings, 'bearerTokens' | 'signKeys' | 'signForm' | 'signHeaders' | 'publicUrl'>

/** Whether the settings ask callers for any proof of who they are. */
export function asksForProof({ bearerTokens, signKeys }: Proofs): boolean {
  return bearerTokens.length > 0 || signKeys.length > 0
}

/** Whether the request bears one of the tokens: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function bearsToken({ headers }: HttpRequest, { bearerTokens }: Proofs): boolean {
  const [, given] = /^Bearer +(\S+) *$/i.exec(headers['authorization'] ?? '') ?? []
  return given !== undefined && bearerTokens.some((token) => isEqual(token, given))
}

/** Why the body is not proven to be ROS's; `undefined` where it is. `data`: the body, numbers kept as they were written. */
export function problemOfCaller(
  request: HttpRequest,
  data: JsonObject,
  proofs: Proofs,
  now: EpochMs,
): string | undefined {
  const { signKeys, signForm, signHeaders, publicUrl } = proofs
  if (signKeys.length === 0) return 'the request bears no Authorization: Bearer with STACKBRIDGE_BEARER_TOKEN'
  return problemOfSignature(
    {
      contentType: request.headers['content-type'] ?? '',
      headers: request.headers,
      url: `${publicUrl}${request.target}`,
      data,
    },
    { keys: signKeys, form: signForm, headerNames: signHeaders },
    now,
  )
}

function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
