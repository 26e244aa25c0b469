import { isContinuation } from '../../bridge/continuation/continuation.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import type { Settings } from '../../platform/settings.ts'
import { parseEvent } from '../../ros/event.ts'
import { hasToken, isFromThisMachine, problemOfBody, requiresProof } from './caller.ts'
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

/** Whether an event that is answered later was stored. */
export type Taken =
  | { readonly taken: true }
  /** Nothing was stored: the sender has to send the event again. */
  | { readonly taken: false; readonly why: string }

export interface HttpChannel {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Logger
  /** Whether requests from this machine are served if the settings require no proof. */
  readonly servesWithoutProof: boolean
  /** Stores the event, so that it is answered even if this process ends. */
  readonly take: (event: Uint8Array) => Promise<Taken>
  /** Resolves with the answer's JSON, within the ten seconds that ROS waits. */
  readonly answer: (event: Uint8Array) => Promise<string>
}

export const ASYNC_PATH = '/ros'
export const SYNC_PATH = '/ros/sync'

/**
 * Creates the entry for ROS's requests to HTTP service tokens. `web:<url>/ros` replies 202 at once; the answer goes to the
 * ResponseURL later. The reply of `web[sync]:<url>/ros/sync` is the answer itself. The body is read only if the head
 * authenticates the sender, or if the settings allow the body to do so. It is parsed only after the sender is authenticated.
 * https://help.aliyun.com/document_detail/145579.html
 */
export function createHttpChannel(channel: HttpChannel): HttpEntry {
  return (head) => {
    const path = pathOf(head)
    if (path !== ASYNC_PATH && path !== SYNC_PATH)
      return replied(refusal(404, `the path must be ${ASYNC_PATH} or ${SYNC_PATH}`))
    if (head.method !== 'POST') return replied(refusal(405, 'the method must be POST', { allow: 'POST' }))
    const { settings } = channel
    const isProven = isProvenByHead(head, channel)
    if (!isProven && settings.signKeys.length === 0)
      return replied(
        refuseUnproven(
          'the request has no header "Authorization: Bearer" with STACKBRIDGE_BEARER_TOKEN',
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

function isProvenByHead(head: RequestHead, { settings, servesWithoutProof }: HttpChannel): boolean {
  return (
    hasToken(head, settings) || (servesWithoutProof && !requiresProof(settings) && isFromThisMachine(head))
  )
}

async function serve(
  request: HttpRequest,
  { isProven, type }: { readonly isProven: boolean; readonly type: EventMediaType },
  channel: HttpChannel,
): Promise<HttpReply> {
  const { settings, clock } = channel
  const path = pathOf(request)
  let converted: EventBody | undefined
  const json = (): EventBody => (converted ??= eventBodyOf(type, request.body))
  const problem = isProven ? undefined : await problemOfBody(request, json, settings, clock.now())
  if (problem !== undefined) return refuseUnproven(problem, path, channel)
  const body = json()
  if (!body.ok) return refusal(400, body.problem)
  const read = parseEventBody(body.event)
  if (!read.ok) return refusal(400, read.problem)
  // Continuations arrive by Function Compute or the journal, never by HTTP.
  if (isContinuation(read.fields)) return refusal(400, 'the body is not an event of ROS')
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
  // ROS repeats an idempotent request only after this status or a network error.
  return refusal(500, 'the event could not be taken; send it again')
}

async function answerNow(event: Uint8Array, { answer }: HttpChannel): Promise<HttpReply> {
  const body = await answer(event)
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}
