import { parseJson } from '../platform/json.ts'
import { Secrets } from '../platform/secrets.ts'
import { parseEvent, type ReplyAddress } from '../ros/event.ts'
import { isContinuation, readContinuation } from './continuation/continuation.ts'
import type { Host, Served } from './host.ts'
import { canAct, failed } from './operation.ts'
import { replyAddressOf, secretsOfHost } from './parse-request.ts'
import { createReplyContext } from './reply-context.ts'
import { VerdictDelivery } from './verdict-delivery.ts'

/** Enough to deliver an answer, whether or not ROS still waits for it. */
const TIME_TO_ANSWER_MS = 60_000

/**
 * Answers an event, or a continuation of one, FAILED with `reason`, and does nothing else with it: no property is read, no
 * provider is loaded, no cloud is asked. For an event that has stopped a process before. Never throws.
 */
export async function refuseEvent(bytes: Uint8Array, host: Host, reason: string): Promise<Served> {
  const secrets = new Secrets()
  for (const value of secretsOfHost(host)) secrets.add(value)
  const given = answerableIn(bytes, host)
  if (given === undefined) {
    const problems = ['no ResponseURL can be read in it']
    host.log(secrets, {}).error({ problems }, 'the event cannot be read or answered')
    return { kind: 'unanswerable', problems }
  }
  const reply = createReplyContext(given.replyTo, secrets, host)
  reply.log.error({ reason }, 'the event is given up: it is answered without being served')
  const end = host.clock.now() + TIME_TO_ANSWER_MS
  const delivery = { latestEnd: host.functionEndsAt, canAct: given.canAct }
  return new VerdictDelivery(reply, delivery).answer(failed(reason), end)
}

interface Answerable {
  readonly replyTo: ReplyAddress
  /** See `VerdictDelivery`. */
  readonly canAct: boolean
}

function answerableIn(bytes: Uint8Array, { settings }: Host): Answerable | undefined {
  const json = parseJson(bytes)
  if (json.ok && isContinuation(json.value)) {
    const read = readContinuation(json.value, settings.continuationKeys)
    if (read.kind !== 'continuation') return undefined
    const { replyTo, operation } = read.continuation
    return { replyTo, canAct: canAct(operation) }
  }
  const parsed = parseEvent(json, { needsUrl: true })
  switch (parsed.kind) {
    case 'unanswerable':
      return undefined
    case 'malformed':
      return { replyTo: parsed.replyTo, canAct: true }
    case 'event':
      return { replyTo: replyAddressOf(parsed.event), canAct: true }
  }
}
