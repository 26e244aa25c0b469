import { createHmac } from 'node:crypto'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Network } from '../../platform/network.ts'
import { dateOfRefusal, inServiceTime } from '../../platform/service-time.ts'
import { elementsOf, textOf } from './xml.ts'

export interface QueueMessage {
  readonly id: string
  /** Names this delivery of the message; each extension gives a new one. */
  readonly receiptHandle: string
  readonly body: string
  /** How often the message has been delivered, this delivery included. */
  readonly deliveries: number
  /** When ROS put it into the queue: ROS's Timeout counts from then. */
  readonly sentAt?: EpochMs
}

/** One queue of MNS (now called SMQ): https://www.alibabacloud.com/help/en/mns/developer-reference/api-overview */
export interface Queue {
  /** Waits for messages, for 30 seconds at most; empty if none arrived. Throws `MnsError`. */
  receive(signal: AbortSignal): Promise<readonly QueueMessage[]>
  /**
   * Hides the message from other consumers for `seconds` from now. Resolves with the receipt handle to use from then on.
   * Throws `MnsError`.
   */
  hide(receiptHandle: string, seconds: number): Promise<string>
  /** Deletes the message. Throws `MnsError`. */
  remove(receiptHandle: string): Promise<void>
}

export interface SendingQueue {
  /**
   * Sends a message, whose text must be base64; it can be received after `delaySeconds` whole seconds. Resolves with its id.
   * Throws `MnsError`, also once `signal` has aborted. https://www.alibabacloud.com/help/doc-detail/35134.htm
   */
  send(base64: string, delaySeconds: number, signal?: AbortSignal): Promise<string>
}

/** MNS refused a call, or could not be reached. */
export class MnsError extends Error {
  override readonly name = 'MnsError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options)
    this.code = code
  }
}

export interface QueueOptions {
  /** `https://<account>.mns.<region>.aliyuncs.com/queues/<name>` */
  readonly url: string
  readonly credentials: AlibabaCloudCredentials
  readonly network: Network
  readonly clock: Clock
}

/** MNS's limits: how long it holds a request, and how many messages it returns at once. */
const WAIT_SECONDS = 30
const MOST_MESSAGES = 16
const ANSWER_TIMEOUT_MS = 10_000
/** A hand-off must leave time to try Function Compute's own delay, within 7 s in all. */
const SEND_TIMEOUT_MS = 2000

interface Call {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'POST'
  readonly query?: Readonly<Record<string, string>>
  /** XML. */
  readonly body?: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** Opens a queue. Makes no call: a wrong URL or key shows with the first one, which then rejects with `MnsError`. */
export function openQueue(options: QueueOptions): Queue & SendingQueue {
  return {
    async receive(signal) {
      try {
        const { xml, aheadMs } = await call(options, {
          method: 'GET',
          query: { numOfMessages: String(MOST_MESSAGES), waitseconds: String(WAIT_SECONDS) },
          timeoutMs: WAIT_SECONDS * 1000 + ANSWER_TIMEOUT_MS,
          signal,
        })
        return elementsOf(xml, 'Message').map((message) => messageOf(message, aheadMs))
      } catch (error) {
        if (error instanceof MnsError && error.code === 'MessageNotExist') return []
        throw error
      }
    },
    async hide(receiptHandle, seconds) {
      const query = { receiptHandle, visibilityTimeout: String(seconds) }
      const { xml } = await call(options, { method: 'PUT', query, timeoutMs: ANSWER_TIMEOUT_MS })
      return textOf(xml, 'ReceiptHandle') ?? receiptHandle
    },
    async remove(ReceiptHandle) {
      await call(options, { method: 'DELETE', query: { ReceiptHandle }, timeoutMs: ANSWER_TIMEOUT_MS })
    },
    async send(base64, delaySeconds, signal) {
      const body =
        '<?xml version="1.0" encoding="UTF-8"?><Message xmlns="http://mns.aliyuncs.com/doc/v1/">' +
        `<MessageBody>${base64}</MessageBody><DelaySeconds>${String(delaySeconds)}</DelaySeconds></Message>`
      const { xml } = await call(options, {
        method: 'POST',
        body,
        timeoutMs: SEND_TIMEOUT_MS,
        ...(signal === undefined ? {} : { signal }),
      })
      const id = textOf(xml, 'MessageId')
      // The page of a proxy: an operation that it got would never be continued.
      if (id === undefined) throw new MnsError('Unreadable', 'the answer has no MessageId')
      return id
    },
  }
}

interface Answer {
  readonly xml: string
  /** By how much MNS's clock is ahead of this machine's, where that is known to be wrong; whole seconds. */
  readonly aheadMs: number
}

async function call({ url, credentials, network, clock }: QueueOptions, request: Call): Promise<Answer> {
  const query = request.query === undefined ? '' : `?${new URLSearchParams(request.query).toString()}`
  const target = new URL(`${url}/messages${query}`)
  const send = async (now: EpochMs) => {
    const aheadMs = Math.round((now - clock.now()) / 1000) * 1000
    const headers: Record<string, string> = {
      ...(request.body === undefined ? {} : { 'content-type': 'text/xml;charset=utf-8' }),
      date: new Date(now).toUTCString(),
      'x-mns-version': '2015-06-06',
      ...(credentials.securityToken === undefined ? {} : { 'security-token': credentials.securityToken }),
    }
    const authorization = sign(request.method, target, headers, credentials)
    const response = await network.request(target, 'own-queue', {
      method: request.method,
      headers: { ...headers, authorization },
      totalMs: request.timeoutMs,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    })
    const xml = await response.body.text()
    return { status: response.statusCode, headers: response.headers, xml, aheadMs }
  }
  try {
    const { status, xml, aheadMs } = await inServiceTime({
      network,
      clock,
      service: target.host,
      send,
      refusedAt: dateOfRefusal,
    })
    if (status >= 200 && status < 300) return { xml, aheadMs }
    throw new MnsError(
      textOf(xml, 'Code') ?? `HTTP ${String(status)}`,
      textOf(xml, 'Message') ?? 'MNS gives no reason',
    )
  } catch (error) {
    if (error instanceof MnsError) throw error
    const message = error instanceof Error ? error.message : 'an unknown error'
    throw new MnsError('Unreachable', message, { cause: error })
  }
}

/** https://www.alibabacloud.com/help/doc-detail/27487.htm */
function sign(
  method: string,
  { pathname, search }: URL,
  headers: Readonly<Record<string, string>>,
  { accessKeyId, accessKeySecret }: AlibabaCloudCredentials,
): string {
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-mns-'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
  const text = [
    method,
    '',
    headers['content-type'] ?? '',
    headers['date'] ?? '',
    `${own.join('')}${pathname}${search}`,
  ].join('\n')
  return `MNS ${accessKeyId}:${createHmac('sha1', accessKeySecret).update(text).digest('base64')}`
}

function messageOf(xml: string, aheadMs: number): QueueMessage {
  const sentAt = Number(textOf(xml, 'EnqueueTime'))
  return {
    id: copyOf(textOf(xml, 'MessageId') ?? ''),
    receiptHandle: copyOf(textOf(xml, 'ReceiptHandle') ?? ''),
    body: textOf(xml, 'MessageBody') ?? '',
    deliveries: Number(textOf(xml, 'DequeueCount') ?? '1'),
    ...(sentAt > 0 ? { sentAt: sentAt - aheadMs } : {}),
  }
}

/** A part of a text keeps the whole text in memory, with the bodies of all its messages. */
function copyOf(text: string): string {
  return Buffer.from(text).toString()
}
