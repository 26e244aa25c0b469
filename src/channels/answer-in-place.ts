import { deadlines } from '../bridge/deadline.ts'
import type { Host } from '../bridge/host.ts'
import { serveEvent } from '../bridge/serve-event.ts'
import type { Semaphore } from '../platform/semaphore.ts'
import { eventKey } from './event-key.ts'

/** ROS waits ten seconds for the whole exchange, whatever the Timeout is: https://help.aliyun.com/document_detail/145579.html */
const TIME_MS = 9000
const ENDS_BY =
  "ROS's ten seconds for a web[sync] service token (a stack that takes longer needs the asynchronous form, web:)"

/**
 * Creates the function that serves events of `web[sync]:` service tokens within ROS's time limit. It resolves with the
 * answer's JSON. ROS may repeat an `idempotent` Create: an event that arrives again while it is being served gets the same
 * answer. Rejects with `TypeError` for an event that `parseEvent` finds unanswerable. `places`: where an event waits for its
 * turn, within the same time; by default none does.
 * https://help.aliyun.com/document_detail/145579.html
 */
export function createAnswerInPlace(places?: Semaphore): (event: Uint8Array, host: Host) => Promise<string> {
  const inProgress = new Map<string, Promise<string>>()
  return (event, host) => {
    const key = eventKey(event)
    const known = key === undefined ? undefined : inProgress.get(key)
    if (known !== undefined) return known
    const answering = answerInTurn(event, host, places).finally(() => {
      if (key !== undefined) inProgress.delete(key)
    })
    if (key !== undefined) inProgress.set(key, answering)
    return answering
  }
}

async function answerInTurn(event: Uint8Array, host: Host, places: Semaphore | undefined): Promise<string> {
  const from = host.clock.now()
  const functionEndsAt = Math.min(host.functionEndsAt ?? Infinity, from + TIME_MS)
  const leave = await places?.enter(() => deadlines({ from, end: functionEndsAt }).deadline)
  return answerInPlace(event, { ...host, functionEndsAt }).finally(leave)
}

async function answerInPlace(event: Uint8Array, host: Host): Promise<string> {
  let body: string | undefined
  const served = await serveEvent(event, {
    ...host,
    endsBy: ENDS_BY,
    answerInPlace(answer) {
      body = answer
    },
  })
  if (body === undefined) throw new TypeError(`An event that is answered in place was ${served.kind}`)
  return body
}
