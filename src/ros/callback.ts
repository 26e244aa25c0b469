import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Clock, EpochMs } from '../platform/clock.ts'
import { Inflater } from '../platform/inflater.ts'
import type { Logger } from '../platform/log.ts'
import { ForbiddenAddressError, type Network } from '../platform/network.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { ResponseUrls } from './event.ts'

/** One answer and where it may be sent. */
export interface CallbackRequest {
  /** UTF-8 JSON. */
  readonly body: string
  readonly responseUrls: ResponseUrls
  readonly order: readonly ('public' | 'intranet')[]
  readonly attemptTimeoutMs: number
  /** Suffixes that the host of a ResponseURL must have; empty: any host. */
  readonly hosts: readonly string[]
}

/** What a delivery needs of the process. */
export interface CallbackContext {
  readonly network: Network
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly log: Logger
  /** Masked in quotations of a response. */
  readonly secrets: Pick<Secrets, 'mask' | 'maskBeginning'>
  /** No attempt starts after this. */
  readonly deadline: EpochMs
  /** Called after each attempt. */
  readonly onAttempt?: (url: UrlKind, accepted: boolean) => void
}

export type Delivery =
  | {
      readonly delivered: true
      readonly url: UrlKind
      readonly httpStatus: number
      readonly attempts: number
    }
  /** `again`: a later delivery may succeed. `refused`: ROS has answered at one of the URLs that it does not take it. */
  | {
      readonly delivered: false
      readonly attempts: number
      readonly lastFailure: string
      readonly again: boolean
      readonly refused: boolean
    }

type UrlKind = 'public' | 'intranet'

const MAX_ATTEMPTS_PER_URL = 8
const BACKOFF_BASE_MS = 500
const BACKOFF_CAP_MS = 10_000
/** Of a refusal's body. Its content is not documented. */
const QUOTED_CHARACTERS = 500
const LARGEST_QUOTED_BODY_BYTES = 16_384
const QUOTED_BODY_TIMEOUT_MS = 2000
/** Of an accepted answer, whose body nobody reads. */
const LARGEST_DRAINED_BODY_BYTES = 16_384
const DRAIN_TIMEOUT_MS = 1000

/**
 * POSTs the answer as https://www.alibabacloud.com/help/doc-detail/145909.htm documents it. The status line decides: with
 * 2xx ROS has the answer, whatever becomes of the body. Network errors, 408, 429 and 5xx are retried with exponential
 * backoff and jitter; any other refusal ends the attempts at this URL. `Retry-After` is respected, but takes at most half
 * of the time that is left. With a second URL, the first one gets half of the time. Never throws.
 */
export async function deliver(request: CallbackRequest, context: CallbackContext): Promise<Delivery> {
  const urls = request.order.flatMap((kind) => {
    const url = request.responseUrls[kind]
    return url === undefined ? [] : [{ kind, url }]
  })
  let attempts = 0
  let again = false
  let refused = false
  let lastFailure = 'the event has no ResponseURL of the kind that STACKBRIDGE_RESPONSE_URL_ORDER allows'
  for (const [index, { kind, url }] of urls.entries()) {
    const remainingMs = context.deadline - context.clock.now()
    const isLast = index === urls.length - 1
    const until = isLast ? context.deadline : context.clock.now() + remainingMs / 2
    const tried = await deliverTo(kind, url, request, { ...context, deadline: until })
    attempts += tried.attempts
    if (tried.delivered) return { ...tried, attempts }
    lastFailure = tried.lastFailure
    again ||= tried.again
    refused ||= tried.refused
  }
  return { delivered: false, attempts, lastFailure, again, refused }
}

async function deliverTo(
  kind: UrlKind,
  url: string,
  request: CallbackRequest,
  context: CallbackContext,
): Promise<Delivery> {
  const { clock, log } = context
  let attempts = 0
  if (URL.canParse(url) && new URL(url).protocol === 'http:')
    log.warn(
      { url: kind },
      'the ResponseURL has no TLS: anyone on the network path can read and change the answer',
    )
  for (;;) {
    attempts += 1
    const result = await attempt(kind, url, request, context)
    context.onAttempt?.(kind, result.accepted)
    if (result.accepted) return { delivered: true, url: kind, httpStatus: result.httpStatus, attempts }
    log.warn({ url: kind, attempt: attempts, failure: result.failure }, 'an attempt to answer ROS failed')
    if (!result.again || attempts >= MAX_ATTEMPTS_PER_URL)
      return {
        delivered: false,
        attempts,
        lastFailure: result.failure,
        again: result.again,
        refused: result.refused,
      }
    const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempts - 1))
    const longest = Math.max(0, Math.floor((context.deadline - clock.now()) / 2))
    const pause = Math.max(Math.min(result.notBeforeMs, longest), Math.round(ceiling * context.random()))
    if (clock.now() + pause >= context.deadline)
      return {
        delivered: false,
        attempts,
        lastFailure: `${result.failure}; no time was left to try again`,
        again: true,
        refused: false,
      }
    await clock.sleep(pause)
  }
}

type Attempt =
  | { readonly accepted: true; readonly httpStatus: number }
  | {
      readonly accepted: false
      readonly again: boolean
      /** By ROS, with a 4xx that another attempt does not change. */
      readonly refused: boolean
      /** From the response's Retry-After. */
      readonly notBeforeMs: number
      readonly failure: string
    }

async function attempt(
  kind: UrlKind,
  url: string,
  request: CallbackRequest,
  context: CallbackContext,
): Promise<Attempt> {
  const { network, clock } = context
  const purpose = kind === 'public' ? 'public-callback' : 'intranet-callback'
  const limit = new AbortController()
  const finished = new AbortController()
  try {
    const target = network.check(url, purpose)
    if (!isAllowedHost(target.hostname, request.hosts))
      return notSent(`the host ${target.hostname} is not one that STACKBRIDGE_CALLBACK_HOSTS allows`)
    // A timer of its own, so that the limit holds for the whole exchange and on the given clock.
    void clock.sleep(request.attemptTimeoutMs, finished.signal).then(
      () => {
        limit.abort(new Error(`no answer within ${String(request.attemptTimeoutMs)} ms`))
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
      body: request.body,
      signal: limit.signal,
    })
    return await judgeResponse(response, kind, context)
  } catch (error) {
    if (error instanceof ForbiddenAddressError) return notSent(`the URL ${error.message}`)
    return {
      accepted: false,
      again: true,
      refused: false,
      notBeforeMs: 0,
      failure: describeError(error),
    }
  } finally {
    finished.abort()
  }
}

/** Judges a response by its status. Reads the body of a refusal, to quote it. */
async function judgeResponse(
  response: Dispatcher.ResponseData,
  kind: UrlKind,
  context: CallbackContext,
): Promise<Attempt> {
  const { clock, log } = context
  const { statusCode: status, headers } = response
  if (status >= 200 && status < 300) {
    const contentType = String(headers['content-type'])
    // It may be a proxy's. But ROS does not document the type of its answers, so this is no reason to answer twice.
    if (contentType.includes('html') && headers['content-length'] !== '0')
      log.warn({ url: kind, contentType }, 'a page has taken the answer: it may not be of ROS')
    drain(response.body, clock)
    return { accepted: true, httpStatus: status }
  }
  const excerpt = await quotationOf(response, context)
  const isTransient = status === 408 || status === 429 || status >= 500
  return {
    accepted: false,
    again: isTransient,
    refused: status >= 400 && !isTransient,
    notBeforeMs: isTransient ? retryAfterMs(headers['retry-after'], clock.now()) : 0,
    failure: `HTTP ${String(status)}${excerpt === '' ? '' : `: ${excerpt}`}`,
  }
}

function notSent(failure: string): Attempt {
  return { accepted: false, again: false, refused: false, notBeforeMs: 0, failure }
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

/** Reads a short body to its end, so that the connection can be used again, and gives up any other. Not awaited. */
function drain(body: Readable, clock: Clock): void {
  const finished = new AbortController()
  let bytes = 0
  body.on('data', (chunk: Uint8Array) => {
    bytes += chunk.byteLength
    if (bytes > LARGEST_DRAINED_BODY_BYTES) body.destroy()
  })
  // An error of the body no longer matters.
  body.on('error', () => undefined)
  body.once('close', () => {
    finished.abort()
  })
  void clock.sleep(DRAIN_TIMEOUT_MS, finished.signal).then(
    () => body.destroy(),
    () => undefined,
  )
}

function discard(body: Readable): void {
  body.on('error', () => undefined)
  body.destroy()
}

/** The beginning of a refusal's body, masked before it is cut: a part of a secret would not be recognised. */
async function quotationOf({ body, headers }: Refusal, { clock, secrets }: CallbackContext): Promise<string> {
  const finished = new AbortController()
  const read: ReadBody = { chunks: [], isWhole: false }
  const reading = readBeginning(body, read).catch(() => undefined)
  const limit = clock.sleep(QUOTED_BODY_TIMEOUT_MS, finished.signal).catch(() => undefined)
  await Promise.race([reading, limit])
  finished.abort()
  discard(body)
  const { text, isWhole } = decoded(read, headers['content-encoding'])
  if (isWhole) return secrets.mask(text).slice(0, QUOTED_CHARACTERS).trim()
  // More followed, of which at least one character is unknown: a secret may begin in what was read.
  const masked = secrets.maskBeginning(`${text} `, text.length)
  return withoutLastWord(masked).slice(0, QUOTED_CHARACTERS).trim()
}

type Refusal = Pick<Dispatcher.ResponseData, 'body' | 'headers'>

interface ReadBody {
  readonly chunks: Uint8Array[]
  isWhole: boolean
}

/** Rejects where the body breaks; `read` has what came until then. */
async function readBeginning(body: Readable, read: ReadBody): Promise<void> {
  let remainingBytes = LARGEST_QUOTED_BODY_BYTES
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) return
    read.chunks.push(chunk.subarray(0, remainingBytes))
    remainingBytes -= chunk.byteLength
    if (remainingBytes <= 0) return
  }
  read.isWhole = true
}

/**
 * The text of a body. A proxy may have compressed it although no compression was asked for; of any encoding but gzip,
 * the text is empty.
 */
function decoded({ chunks, isWhole }: ReadBody, encoding: string | string[] = 'identity') {
  const bytes = Buffer.concat(chunks)
  if (encoding === 'identity') return { text: beginningOf(bytes), isWhole }
  const inflated = encoding === 'gzip' ? new Inflater().inflate(bytes) : undefined
  // The inflater does not tell whether a compressed text was cut.
  return { text: beginningOf(inflated ?? Buffer.alloc(0)), isWhole: false }
}

function beginningOf(bytes: Uint8Array): string {
  // A character that is not whole is left out.
  return new TextDecoder().decode(bytes.subarray(0, LARGEST_QUOTED_BODY_BYTES), { stream: true })
}

/** The last word of a body that was not read to its end may be the beginning of a secret. */
function withoutLastWord(text: string): string {
  let end = text.length
  while (end > 0 && !/[\s"'<>]/.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: seconds, or a date. */
function retryAfterMs(header: string | string[] | undefined, now: EpochMs): number {
  const text = Array.isArray(header) ? header[0] : header
  if (text === undefined) return 0
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now)
}
