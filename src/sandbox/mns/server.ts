import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock, type EpochMs } from '../../platform/clock.ts'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { SANDBOX_PUSH_CERTIFICATE } from './certificate.ts'
import { MessageQueue, type StoredMessage } from './message-queue.ts'
import { error, QueueCalls, type Answer } from './queue-calls.ts'
import { CERTIFICATE_PATH, push, type PushOptions } from './topic-push.ts'

export interface SandboxMnsOptions {
  readonly clock?: Clock
  /** The key whose requests are accepted; a key of the sandbox's own by default. */
  readonly credentials?: AlibabaCloudCredentials
  /** Seconds for which a received message is hidden; 30 by default, as in MNS. */
  readonly visibilitySeconds?: number
  /**
   * The queue's trigger on Function Compute: gets each message when it is due, as a list of CloudEvents, and the message is
   * removed. Without it messages wait for a consumer.
   */
  readonly trigger?: (cloudEvents: Uint8Array) => void
  /** How often the trigger gets the message of this index, from 0: SMQ delivers at least once. Once by default. */
  readonly deliveriesOf?: (index: number) => number
}

export interface SandboxMns {
  /** For STACKBRIDGE_QUEUE. */
  readonly queueUrl: string
  /** For STACKBRIDGE_TOPIC_CERTIFICATES. */
  readonly certificatePrefix: string
  readonly credentials: AlibabaCloudCredentials
  /** Puts a message into the queue, sent now or at `sentAt`, and returns its id. */
  send(body: string, sentAt?: EpochMs): string
  /** The messages in the queue, hidden ones included. */
  readonly messages: readonly { readonly id: string; readonly deliveries: number }[]
  /** The names of the accepted calls, in order. */
  readonly calls: readonly string[]
  /** The method and HTTP status of each refused call. */
  readonly refused: readonly string[]
  /** Pushes a message of a topic to an endpoint, as a subscription does. Resolves with the HTTP status. */
  push(endpoint: string, message: string, options?: PushOptions): Promise<number>
  close(): Promise<void>
}

const QUEUE = 'ros-events'
const CREDENTIALS: AlibabaCloudCredentials = {
  accessKeyId: 'sandbox-mns-key',
  accessKeySecret: 'sandbox-mns-secret-of-no-value',
}

/**
 * The part of MNS (SMQ) that the bridge uses, on loopback: one queue with hidden messages and receipt handles, checked
 * signatures, and signed pushes of a topic. https://www.alibabacloud.com/help/en/mns/developer-reference/api-overview
 */
export async function startSandboxMns(options: SandboxMnsOptions = {}): Promise<SandboxMns> {
  const clock = options.clock ?? systemClock
  const credentials = options.credentials ?? CREDENTIALS
  const queue = new MessageQueue(clock)
  const send = sendingTo(queue, clock, options)
  const queueCalls = new QueueCalls(queue, {
    send: (body, delayMs) => send(body, clock.now(), delayMs),
    visibilitySeconds: options.visibilitySeconds ?? 30,
  })
  const refused: string[] = []

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { method, headers } = request
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://sandbox')
    if (method === 'GET' && pathname === CERTIFICATE_PATH)
      return { status: 200, body: SANDBOX_PUSH_CERTIFICATE }
    const problem = problemOf(request, credentials, clock.now())
    if (problem !== undefined) return problem
    if (pathname !== `/queues/${QUEUE}/messages`)
      return error(404, 'QueueNotExist', 'The queue name you provided is not exist.')
    const body = (await readBody(request)).toString()
    return queueCalls.answer({ method, query, contentType: headers['content-type'], body })
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await answer(request)
    if (status >= 400) refused.push(`${request.method ?? ''} ${String(status)}`)
    const date = new Date(clock.now()).toUTCString()
    response.writeHead(status, { 'content-type': 'text/xml;charset=utf-8', date }).end(body)
  }
  const listening = await listen(createServer((request, response) => void handle(request, response)))

  return {
    queueUrl: `${listening.url}/queues/${QUEUE}`,
    certificatePrefix: `${listening.url}/certificates/`,
    credentials,
    messages: queue.messages,
    calls: queueCalls.calls,
    refused,
    send: (body, sentAt = clock.now()) => send(body, sentAt, 0).id,
    push: (endpoint, message, how = {}) =>
      push({ endpoint, message }, how, { sandboxUrl: listening.url, now: clock.now() }),
    close() {
      queue.stop()
      return listening.close()
    },
  }
}

/** Puts a message into the queue, and gives it to the trigger, if there is one, when it is due. */
function sendingTo(
  queue: MessageQueue,
  clock: Clock,
  { trigger, deliveriesOf }: Pick<SandboxMnsOptions, 'trigger' | 'deliveriesOf'>,
): (body: string, sentAt: EpochMs, delayMs: number) => StoredMessage {
  let triggered = 0
  const triggerWhenDue = async (message: StoredMessage, invoke: (cloudEvents: Uint8Array) => void) => {
    await clock.sleep(Math.max(0, message.visibleAt - clock.now()))
    if (queue.isStopped) return
    queue.delete(message)
    const deliveries = deliveriesOf?.(triggered) ?? 1
    triggered += 1
    for (let time = 0; time < deliveries; time += 1) invoke(cloudEventsOf(message))
  }
  return (body, sentAt, delayMs) => {
    const message = queue.store(body, sentAt, delayMs)
    if (trigger !== undefined) void triggerWhenDue(message, trigger)
    return message
  }
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc/mns-queue-triggers */
function cloudEventsOf({ id, body, sentAt }: StoredMessage): Uint8Array {
  const cloudEvent = {
    id,
    source: QUEUE,
    specversion: '1.0',
    type: 'mns:Queue:SendMessage',
    datacontenttype: 'application/json; charset=utf-8',
    subject: `acs:mns:cn-hangzhou:1234567890123456:queues/${QUEUE}`,
    time: new Date(sentAt).toISOString(),
    aliyunaccountid: '1234567890123456',
    aliyunregionid: 'cn-hangzhou',
    data: { requestId: id, messageId: id, messageBody: body },
  }
  return Buffer.from(JSON.stringify([JSON.stringify(cloudEvent)]))
}

/** https://www.alibabacloud.com/help/doc-detail/27487.htm */
function problemOf(
  { method = '', url = '', headers }: IncomingMessage,
  credentials: AlibabaCloudCredentials,
  now: EpochMs,
): Answer | undefined {
  const { date = '' } = headers
  if (new Date(date).toUTCString() !== date || Math.abs(now - Date.parse(date)) > 15 * 60_000)
    return error(400, 'TimeExpired', 'The http request you sent is expired.')
  if (headers['x-mns-version'] !== '2015-06-06') return error(400, 'InvalidVersion', 'x-mns-version')
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-mns-'))
    .sort()
    .map((name) => `${name}:${String(headers[name])}\n`)
    .join('')
  const text = `${method}\n${headers['content-md5']?.toString() ?? ''}\n${headers['content-type'] ?? ''}\n${date}\n${own}${url}`
  const signature = createHmac('sha1', credentials.accessKeySecret).update(text).digest('base64')
  if (headers['security-token'] !== credentials.securityToken)
    return error(403, 'InvalidSecurityToken', 'The security token you provided is invalid.')
  return headers.authorization === `MNS ${credentials.accessKeyId}:${signature}`
    ? undefined
    : error(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.')
}
