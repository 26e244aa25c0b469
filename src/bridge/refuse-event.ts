import { parseJson } from '../platform/json.ts'
import { Secrets } from '../platform/secrets.ts'
import { parseEvent, type ReplyAddress } from '../ros/event.ts'
import { isContinuation, readContinuation } from './continuation/continuation.ts'
import { answerAtOnce } from './drive.ts'
import type { Host, Served } from './host.ts'

/** Enough to deliver an answer, whether or not ROS still waits for it. */
const TIME_TO_ANSWER_MS = 60_000

/**
 * Answers an event, or a continuation of one, FAILED with `reason`, and does nothing else with it: no property is read, no
 * provider is loaded, no cloud is asked. For what has stopped a process before. Never throws.
 */
export async function refuseEvent(bytes: Uint8Array, host: Host, reason: string): Promise<Served> {
  const secrets = new Secrets()
  const replyTo = replyAddressIn(bytes, host)
  if (replyTo === undefined) {
    const problems = ['no ResponseURL can be read in it']
    host.log(secrets, {}).error({ problems }, 'the event cannot be read or answered')
    return { kind: 'unanswerable', problems }
  }
  const { stackId, requestId, logicalResourceId, responseUrls } = replyTo
  for (const url of [responseUrls.public, responseUrls.intranet]) if (url !== undefined) secrets.addUrl(url)
  const log = host.log(secrets, { rosStackId: stackId, requestId, logicalResourceId })
  log.error({ reason }, 'the event is given up: it is answered without being served')
  const verdict = { status: 'FAILED', reason } as const
  return answerAtOnce(
    verdict,
    { host, secrets, log, replyTo, bridge: {} },
    host.clock.now() + TIME_TO_ANSWER_MS,
  )
}

function replyAddressIn(bytes: Uint8Array, { settings }: Host): ReplyAddress | undefined {
  const json = parseJson(bytes)
  if (json.ok && isContinuation(json.value)) {
    const read = readContinuation(json.value, settings.continuationKeys)
    return read.kind === 'continuation' ? read.continuation.replyTo : undefined
  }
  const parsed = parseEvent(json, { needsUrl: true })
  switch (parsed.kind) {
    case 'unanswerable':
      return undefined
    case 'malformed':
      return parsed.replyTo
    case 'event': {
      const { event } = parsed
      const { responseUrls, stackId, requestId, logicalResourceId } = event
      const id = event.requestType === 'Create' ? undefined : event.physicalResourceId
      return {
        responseUrls,
        stackId,
        requestId,
        logicalResourceId,
        ...(id === undefined ? {} : { physicalResourceId: id }),
      }
    }
  }
}
