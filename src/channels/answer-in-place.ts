import type { Host } from '../bridge/host.ts'
import { serveEvent } from '../bridge/serve-event.ts'
import { eventKey } from './event-key.ts'

/** ROS waits ten seconds for the whole exchange, whatever the Timeout is: https://help.aliyun.com/document_detail/145579.html */
const TIME_MS = 9000
const ENDS_BY =
  "ROS's ten seconds for a web[sync] service token (a stack that takes longer needs the asynchronous form, web:)"

/**
 * Answers events at once, within ROS's time limit for `web[sync]:`. An event that comes again while the first one is being
 * served, as ROS may repeat an `idempotent` Create, gets the answer of the first.
 */
export function createAnswerInPlace(): (event: Uint8Array, host: Host) => Promise<string> {
  const underWay = new Map<string, Promise<string>>()
  return (event, host) => {
    const key = eventKey(event)
    const known = key === undefined ? undefined : underWay.get(key)
    if (known !== undefined) return known
    const answering = answerInPlace(event, host).finally(() => {
      if (key !== undefined) underWay.delete(key)
    })
    if (key !== undefined) underWay.set(key, answering)
    return answering
  }
}

/** Resolves with the answer's JSON. Throws `TypeError` for an event that `parseEvent` has not found answerable. */
async function answerInPlace(event: Uint8Array, host: Host): Promise<string> {
  let body: string | undefined
  const served = await serveEvent(event, {
    ...host,
    functionEndsAt: Math.min(host.functionEndsAt ?? Infinity, host.clock.now() + TIME_MS),
    endsBy: ENDS_BY,
    answerInPlace(answer) {
      body = answer
    },
  })
  if (body === undefined) throw new TypeError(`An event that is answered in place was ${served.kind}`)
  return body
}
