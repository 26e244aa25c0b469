import { isContinuation } from '../../bridge/continuation/continuation.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import type { Settings } from '../../platform/settings.ts'
import { parseEvent } from '../../ros/event.ts'
import { asksForProof, bearsToken, problemOfBody } from './caller.ts'
import {
  eventBodyOf,
  isEventMediaType,
  parseEventBody,
  type EventBody,
  type EventMediaType,
} from './event-body.ts'
import {
  jsonReply,
  mediaTypeOf,
  pathOf,
  refusal,
  replied,
  type HttpEntry,
  type HttpReply,
  type HttpRequest,
  type RequestHead,
} from './exchange.ts'

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
 * The entry of ROS's requests to HTTP service tokens: `web:<url>/ros` answers 202 at once and calls the ResponseURL back
 * later, `web[sync]:<url>/ros/sync` answers with the reply itself. A body is read only where the head proves its sender, or
 * where the body itself may; it is parsed once its sender is proven.
 * https://help.aliyun.com/document_detail/145579.html
 */
export function createHttpChannel(channel: HttpChannel): HttpEntry {
  return (head) => {
    const path = pathOf(head)
    if (path !== ASYNC_PATH && path !== SYNC_PATH)
      return replied(refusal(404, `there is nothing here; service tokens name ${ASYNC_PATH} or ${SYNC_PATH}`))
    if (head.method !== 'POST') return replied(refusal(405, 'the method must be POST', { allow: 'POST' }))
    const { settings } = channel
    const isProven = isProvenByHead(head, channel)
    if (!isProven && settings.signKeys.length === 0)
      return replied(
        refuseUnproven(
          'the request bears no Authorization: Bearer with STACKBRIDGE_BEARER_TOKEN',
          path,
          channel,
        ),
      )
    const type = mediaTypeOf(head)
    if (!isEventMediaType(type)) {
      const problem = 'Content-Type must be application/json or application/x-www-form-urlencoded'
      return replied(isProven ? refusal(415, problem) : refuseUnproven(problem, path, channel))
    }
    return {
      admitted: true,
      limitBytes: settings.requestLimitBytes,
      isProven,
      serve: (body) => serve({ ...head, body }, { isProven, type }, channel),
    }
  }
}

function isProvenByHead(head: RequestHead, { settings, servesAnyone }: HttpChannel): boolean {
  return bearsToken(head, settings) || (servesAnyone && !asksForProof(settings) && isFromThisMachine(head))
}

async function serve(
  request: HttpRequest,
  { isProven, type }: { readonly isProven: boolean; readonly type: EventMediaType },
  channel: HttpChannel,
): Promise<HttpReply> {
  const { settings, clock } = channel
  const path = pathOf(request)
  let made: EventBody | undefined
  const json = (): EventBody => (made ??= eventBodyOf(type, request.body))
  const problem = isProven ? undefined : await problemOfBody(request, json, settings, clock.now())
  if (problem !== undefined) return refuseUnproven(problem, path, channel)
  const body = json()
  if (!body.ok) return refusal(400, body.problem)
  const read = parseEventBody(body.event)
  if (!read.ok) return refusal(400, read.problem)
  // Its own hand-overs get to the bridge by ways of their own.
  if (isContinuation(read.fields)) return refusal(400, 'the body is no event of ROS')
  const isSync = path === SYNC_PATH
  const parsed = parseEvent(read.json, { needsUrl: !isSync })
  if (parsed.kind === 'unanswerable') return jsonReply(400, { problems: parsed.problems })
  return isSync ? answerNow(body.event, channel) : answerLater(body.event, channel)
}

function refuseUnproven(problem: string, path: string, { log }: HttpChannel): HttpReply {
  log.warn({ problem, path }, 'a request was refused: it is not proven to be from ROS')
  return refusal(401, 'the request is not proven to be from ROS', { 'www-authenticate': 'Bearer' })
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
function isFromThisMachine({ headers }: RequestHead): boolean {
  const brought = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via', 'origin', 'sec-fetch-site']
  return (
    brought.every((name) => headers[name] === undefined) &&
    /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(headers['host'] ?? '')
  )
}
