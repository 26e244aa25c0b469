import type { EpochMs } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import { refusal, type HttpHandler } from '../http/exchange.ts'
import type { Taken } from '../http/http-channel.ts'
import { eventsIn } from './message.ts'
import { createNotificationJudge, type NotificationProof } from './notification.ts'

export interface TopicPush extends NotificationProof {
  readonly log: Logger
  /** `sentAt`: when it was published, where MNS says so; it pushes for a day. */
  readonly take: (event: Uint8Array, sentAt?: EpochMs) => Promise<Taken>
}

/** Where the HTTP subscription of a topic has to lead; MNS's own suggestion. */
export const NOTIFICATIONS_PATH = '/notifications'

/** The handler of pushes of a topic. MNS pushes again what was not answered with 2xx. */
export function createTopicPush({ log, take, ...proof }: TopicPush): HttpHandler {
  const judge = createNotificationJudge(proof)
  return async (request) => {
    if (request.method !== 'POST') return refusal(405, 'the method must be POST', { allow: 'POST' })
    const problem = await judge(request)
    if (problem !== undefined) {
      log.warn({ problem }, 'a push was refused: it is not proven to be from MNS')
      return refusal(401, 'the push is not proven to be from MNS')
    }
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
}
