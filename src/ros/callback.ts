import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import { ForbiddenAddressError, type Network } from '../platform/network.ts'
import type { ResponseUrls } from './event.ts'

export interface Letter {
  /** UTF-8 JSON. */
  readonly body: string
  readonly responseUrls: ResponseUrls
  readonly order: readonly ('public' | 'intranet')[]
  readonly attemptTimeoutMs: number
  /** Suffixes that the host of a ResponseURL must have; empty: any host. */
  readonly hosts: readonly string[]
}

export interface Postman {
  readonly network: Network
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly log: Logger
  /** No attempt begins after this. */
  readonly deadline: EpochMs
}

export type Delivery =
  | {
      readonly delivered: true
      readonly url: UrlKind
      readonly httpStatus: number
      readonly attempts: number
    }
  /** `again`: the last failure may pass. */
  | {
      readonly delivered: false
      readonly attempts: number
      readonly lastFailure: string
      readonly again: boolean
    }

type UrlKind = 'public' | 'intranet'

const MOST_ATTEMPTS_A_URL = 8
const BACKOFF_BASE_MS = 500
const BACKOFF_CAP_MS = 10_000
/** What ROS says to an answer is not documented; enough of it is kept to be of use in a log. */
const LONGEST_QUOTE = 500

/**
 * POSTs the answer, as https://www.alibabacloud.com/help/doc-detail/145909.htm wants it. Network errors, 408, 429 and 5xx
 * are tried again with growing, jittered pauses (`Retry-After` respected); any other refusal ends this URL. With a second
 * URL, the first one gets half of the time. Never throws.
 */
export async function deliver(letter: Letter, postman: Postman): Promise<Delivery> {
  const urls = letter.order.flatMap((kind) => {
    const url = letter.responseUrls[kind]
    return url === undefined ? [] : [{ kind, url }]
  })
  let attempts = 0
  let again = false
  let lastFailure = 'the event has no ResponseURL of the kind that STACKBRIDGE_RESPONSE_URL_ORDER allows'
  for (const [index, { kind, url }] of urls.entries()) {
    const left = postman.deadline - postman.clock.now()
    const isLast = index === urls.length - 1
    const until = isLast ? postman.deadline : postman.clock.now() + left / 2
    const tried = await deliverTo(kind, url, letter, { ...postman, deadline: until })
    attempts += tried.attempts
    if (tried.delivered) return { ...tried, attempts }
    lastFailure = tried.lastFailure
    again ||= tried.again
  }
  return { delivered: false, attempts, lastFailure, again }
}

async function deliverTo(kind: UrlKind, url: string, letter: Letter, postman: Postman): Promise<Delivery> {
  const { clock, log } = postman
  let attempts = 0
  for (;;) {
    attempts += 1
    const result = await attempt(kind, url, letter, postman)
    if (result.accepted) return { delivered: true, url: kind, httpStatus: result.httpStatus, attempts }
    log.warn({ url: kind, attempt: attempts, failure: result.failure }, 'an attempt to answer ROS failed')
    if (!result.again || attempts >= MOST_ATTEMPTS_A_URL)
      return { delivered: false, attempts, lastFailure: result.failure, again: result.again }
    const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempts - 1))
    const pause = Math.max(result.notBeforeMs, Math.round(ceiling * postman.random()))
    if (clock.now() + pause >= postman.deadline)
      return {
        delivered: false,
        attempts,
        lastFailure: `${result.failure}; no time was left to try again`,
        again: true,
      }
    await clock.sleep(pause)
  }
}

type Attempt =
  | { readonly accepted: true; readonly httpStatus: number }
  | {
      readonly accepted: false
      readonly again: boolean
      readonly notBeforeMs: number
      readonly failure: string
    }

async function attempt(kind: UrlKind, url: string, letter: Letter, postman: Postman): Promise<Attempt> {
  const { network, clock } = postman
  const purpose = kind === 'public' ? 'public-callback' : 'intranet-callback'
  const limit = new AbortController()
  const finished = new AbortController()
  try {
    const target = network.check(url, purpose)
    if (!isAllowedHost(target.hostname, letter.hosts))
      return refusal(`the host ${target.hostname} is not one that STACKBRIDGE_CALLBACK_HOSTS allows`)
    // Its own watcher, so that the limit holds for the whole exchange and on the clock that was given.
    void clock.sleep(letter.attemptTimeoutMs, finished.signal).then(
      () => {
        limit.abort(new Error(`no answer within ${String(letter.attemptTimeoutMs)} ms`))
      },
      () => undefined,
    )
    const response = await network.request(target, purpose, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        date: new Date(clock.now()).toUTCString(),
      },
      body: letter.body,
      signal: limit.signal,
    })
    const said = await quote(response.body)
    const status = response.statusCode
    if (status >= 200 && status < 300) return { accepted: true, httpStatus: status }
    const again = status === 408 || status === 429 || status >= 500
    const notBeforeMs = again ? retryAfterMs(response.headers['retry-after'], clock.now()) : 0
    return {
      accepted: false,
      again,
      notBeforeMs,
      failure: `HTTP ${String(status)}${said === '' ? '' : `: ${said}`}`,
    }
  } catch (error) {
    if (error instanceof ForbiddenAddressError) return refusal(`the URL ${error.message}`)
    return { accepted: false, again: true, notBeforeMs: 0, failure: describeError(error) }
  } finally {
    finished.abort()
  }
}

function refusal(failure: string): Attempt {
  return { accepted: false, again: false, notBeforeMs: 0, failure }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error'
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''}${error.message}${cause}`
}

function isAllowedHost(host: string, suffixes: readonly string[]): boolean {
  if (suffixes.length === 0) return true
  return suffixes.some((suffix) => {
    const plain = suffix.replace(/^\./, '').toLowerCase()
    return host === plain || host.endsWith(`.${plain}`)
  })
}

/** The beginning of what was answered; a longer answer costs its connection. */
async function quote(body: AsyncIterable<unknown>): Promise<string> {
  const decoder = new TextDecoder()
  let said = ''
  for await (const chunk of body) {
    if (chunk instanceof Uint8Array) said += decoder.decode(chunk, { stream: true })
    if (said.length >= LONGEST_QUOTE) break
  }
  return said.slice(0, LONGEST_QUOTE).trim()
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: seconds, or a date. */
function retryAfterMs(header: string | string[] | undefined, now: EpochMs): number {
  const text = Array.isArray(header) ? header[0] : header
  if (text === undefined) return 0
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now)
}
