import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import type { Network } from '../../platform/network.ts'
import { refusal, replied, type HttpEntry, type HttpReply, type HttpRequest } from '../http/exchange.ts'
import type { Taken } from '../http/http-channel.ts'
import { CertificateStore } from './certificate-store.ts'
import { eventsIn } from './message.ts'
import { judgeHead, problemOfPush, type NotificationProof } from './notification.ts'

export interface TopicPush extends NotificationProof {
  readonly network: Network
  readonly clock: Clock
  readonly log: Logger
  /** `sentAt`: when the message was published, if MNS says so. MNS repeats a push for up to a day. */
  readonly take: (event: Uint8Array, sentAt?: EpochMs) => Promise<Taken>
}

/** The path of a topic's HTTP subscription; MNS suggests it. */
export const NOTIFICATIONS_PATH = '/notifications'

/** A message has at most 64 KB; escapes of XML or JSON make it up to six times as large. */
export const LARGEST_PUSH_BYTES = 512 * 1024

/** Creates the entry for pushes of topics. MNS repeats a push that was not answered with 2xx. */
export function createTopicPush(push: TopicPush): HttpEntry {
  const certificates = new CertificateStore(push)
  return (head) => {
    if (head.method !== 'POST') return replied(refusal(405, 'the method must be POST', { allow: 'POST' }))
    const judged = judgeHead(head, push, push.clock.now())
    if (!judged.ok) return replied(refuse(judged.problem, push))
    return {
      admitted: true,
      limitBytes: LARGEST_PUSH_BYTES,
      // The token proves the sender before the body is read.
      isProven: true,
      async serve(body) {
        const request = { ...head, body }
        const problem = await problemOfPush(request, judged.certificate, certificates)
        return problem === undefined ? takeAll(request, push) : refuse(problem, push)
      },
    }
  }
}

function refuse(problem: string, { log }: TopicPush): HttpReply {
  log.warn({ problem }, 'a push was refused: it is not proven to be from MNS')
  return refusal(401, 'the push is not proven to be from MNS')
}

async function takeAll(request: HttpRequest, { take, log }: TopicPush): Promise<HttpReply> {
  const events = eventsIn(request.body)
  const messageId = request.headers['x-mns-message-id']
  if (events.length === 0) log.error({ messageId }, 'a message holds no event that could be answered')
  const published = Number(request.headers['x-mns-publish-time'])
  const sentAt = published > 0 ? published : undefined
  const taken = await Promise.all(events.map((event) => take(event.bytes, event.sentAt ?? sentAt)))
  const failures = taken.flatMap((one) => (one.taken ? [] : [one.why]))
  if (failures.length === 0) return { status: 204, headers: {}, body: '' }
  log.error({ messageId, why: failures }, 'an event could not be taken')
  return refusal(500, 'the event could not be taken; push it again')
}
