import { hasToken, isFromThisMachine } from '../http/caller.ts'
import { refusal, replied, type HttpEntry, type HttpReply, type RequestHead } from '../http/exchange.ts'

export interface ReaderEntryOptions {
  /** The setting that has the tokens, for the refusal. */
  readonly setting: string
  /** Tokens that may read what the entry serves. They can do nothing else. */
  readonly tokens: readonly string[]
  /** Whether requests from this machine are served where there are no tokens. */
  readonly servesWithoutToken: boolean
  readonly reply: (head: RequestHead) => HttpReply | Promise<HttpReply>
}

/** Creates an entry that only reads: GET, for the holders of a token of its own. */
export function createReaderEntry({
  setting,
  tokens,
  servesWithoutToken,
  reply,
}: ReaderEntryOptions): HttpEntry {
  const problem = `the request has no header "Authorization: Bearer" with ${setting}`
  return (head) => {
    if (head.method !== 'GET') return replied(refusal(405, 'the method must be GET', { allow: 'GET' }))
    const isAllowed =
      hasToken(head, { bearerTokens: [...tokens] }) ||
      (servesWithoutToken && tokens.length === 0 && isFromThisMachine(head))
    return replied(isAllowed ? reply(head) : refusal(401, problem, { 'www-authenticate': 'Bearer' }))
  }
}
