import { isContinuation } from '../../bridge/continuation/continuation.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import { parseJson } from '../../platform/json.ts'
import type { Settings } from '../../platform/settings.ts'
import { parseEvent } from '../../ros/event.ts'
import { asksForProof, bearsToken, problemOfCaller } from './caller.ts'
import { readEventBody } from './event-body.ts'
import { jsonReply, pathOf, refusal, type HttpHandler, type HttpReply, type HttpRequest } from './exchange.ts'

/** What became of an event that is answered later. */
export type Taken =
  | { readonly taken: true }
  /** Nothing was kept of it. */
  | { readonly taken: false; readonly why: string }

export interface HttpChannel {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Logger
  /** Whether requests are served where the settings ask for no proof of who sends them. */
  readonly servesAnyone: boolean
  /** Keeps the event so that it will be answered whatever becomes of this process. */
  readonly take: (event: Uint8Array) => Promise<Taken>
  /** Resolves with the answer's JSON, within the ten seconds that ROS waits. */
  readonly answer: (event: Uint8Array) => Promise<string>
}

export const ASYNC_PATH = '/ros'
export const SYNC_PATH = '/ros/sync'

/**
 * The handler of ROS's requests to HTTP service tokens: `web:<url>/ros` answers 202 at once and calls the ResponseURL back
 * later, `web[sync]:<url>/ros/sync` answers with the reply itself.
 * https://help.aliyun.com/document_detail/145579.html
 */
export function createHttpChannel(channel: HttpChannel): HttpHandler {
  return async (request) => {
    const path = pathOf(request)
    if (path !== ASYNC_PATH && path !== SYNC_PATH)
      return refusal(404, `there is nothing here; service tokens name ${ASYNC_PATH} or ${SYNC_PATH}`)
    if (request.method !== 'POST') return refusal(405, 'the method must be POST', { allow: 'POST' })
    const { settings, log } = channel
    const isProven =
      bearsToken(request, settings) ||
      (channel.servesAnyone && !asksForProof(settings) && isFromThisMachine(request))
    if (request.body.byteLength > settings.requestLimitBytes)
      return refusal(413, 'the request is larger than STACKBRIDGE_REQUEST_LIMIT_BYTES')
    const read = readEventBody(request)
    const problem =
      isProven || !read.ok ? undefined : problemOfCaller(request, read.data, settings, channel.clock.now())
    if (problem !== undefined || (!isProven && !read.ok)) {
      log.warn({ problem, path }, 'a request was refused: it is not proven to be from ROS')
      return refusal(401, 'the request is not proven to be from ROS', { 'www-authenticate': 'Bearer' })
    }
    if (!read.ok) return refusal(read.status, read.problem)
    // Its own hand-overs get to the bridge by ways of their own.
    if (isContinuation(read.data)) return refusal(400, 'the body is no event of ROS')
    const isSync = path === SYNC_PATH
    const parsed = parseEvent(parseJson(read.event), { needsUrl: !isSync })
    if (parsed.kind === 'unanswerable') return jsonReply(400, { problems: parsed.problems })
    return isSync ? answerNow(read.event, channel) : answerLater(read.event, channel)
  }
}

async function answerLater(event: Uint8Array, { take, log }: HttpChannel): Promise<HttpReply> {
  const taken = await take(event)
  if (taken.taken) return jsonReply(202, { taken: true })
  log.error({ why: taken.why }, 'an event could not be taken')
  // ROS repeats an idempotent request after this status and a network error, and after no other.
  return refusal(500, 'the event could not be taken; send it again')
}

async function answerNow(event: Uint8Array, { answer }: HttpChannel): Promise<HttpReply> {
  const body = await answer(event)
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}

/** Not what a proxy, or a page in a browser, on this machine brings from elsewhere. */
function isFromThisMachine({ headers }: HttpRequest): boolean {
  const brought = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via', 'origin', 'sec-fetch-site']
  return (
    brought.every((name) => headers[name] === undefined) &&
    /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(headers['host'] ?? '')
  )
}
