import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock, type EpochMs } from '../../platform/clock.ts'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import { MNS_LIMITS } from '../../platform/limits/mns.ts'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { SANDBOX_PUSH_CERTIFICATE } from './certificate.ts'
import { CERTIFICATE_PATH, push, type PushOptions } from './topic-push.ts'
import { document, element, md5 } from './xml-document.ts'

export interface SandboxMnsOptions {
  readonly clock?: Clock
  /** Whose requests are taken; a key of the sandbox's own by default. */
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

interface StoredMessage {
  readonly id: string
  readonly body: string
  readonly sentAt: EpochMs
  deliveries: number
  visibleAt: EpochMs
  receiptHandle: string | undefined
}

const QUEUE = 'ros-events'
const CREDENTIALS: AlibabaCloudCredentials = {
  accessKeyId: 'sandbox-mns-key',
  accessKeySecret: 'sandbox-mns-secret-of-no-value',
}
const POLL_MS = 20

/**
 * The part of MNS (SMQ) that the bridge uses, on loopback: one queue with hidden messages and receipt handles, checked
 * signatures, and signed pushes of a topic. https://www.alibabacloud.com/help/en/mns/developer-reference/api-overview
 */
export async function startSandboxMns(options: SandboxMnsOptions = {}): Promise<SandboxMns> {
  const clock = options.clock ?? systemClock
  const credentials = options.credentials ?? CREDENTIALS
  const messages: StoredMessage[] = []
  const calls: string[] = []
  const refused: string[] = []
  const stop = new AbortController()
  let triggered = 0

  const receive = async (limit: number, waitSeconds: number): Promise<readonly StoredMessage[]> => {
    const until = clock.now() + waitSeconds * 1000
    for (;;) {
      const found = messages.filter(({ visibleAt }) => visibleAt <= clock.now()).slice(0, limit)
      if (found.length > 0 || clock.now() >= until || stop.signal.aborted) return found
      await clock.sleep(POLL_MS)
    }
  }
  const hide = (message: StoredMessage, seconds: number): void => {
    message.visibleAt = clock.now() + seconds * 1000
    message.receiptHandle = randomUUID()
  }
  const hiddenBy = (receiptHandle: string | null): StoredMessage | undefined =>
    messages.find((message) => message.receiptHandle === receiptHandle && message.visibleAt > clock.now())

  const store = (body: string, sentAt: EpochMs, delayMs: number): string => {
    const id = randomUUID().replaceAll('-', '').toUpperCase()
    const message = { id, body, sentAt, deliveries: 0, visibleAt: sentAt + delayMs, receiptHandle: undefined }
    messages.push(message)
    if (options.trigger !== undefined) void triggerWhenDue(message, options.trigger)
    return id
  }
  const triggerWhenDue = async (message: StoredMessage, trigger: (cloudEvents: Uint8Array) => void) => {
    await clock.sleep(Math.max(0, message.visibleAt - clock.now()))
    if (stop.signal.aborted) return
    messages.splice(messages.indexOf(message), 1)
    const deliveries = options.deliveriesOf?.(triggered) ?? 1
    triggered += 1
    for (let time = 0; time < deliveries; time += 1) trigger(cloudEventsOf(message))
  }

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '/', 'http://sandbox')
    if (request.method === 'GET' && url.pathname === CERTIFICATE_PATH)
      return { status: 200, body: SANDBOX_PUSH_CERTIFICATE }
    const problem = problemOf(request, credentials, clock.now())
    if (problem !== undefined) return problem
    if (url.pathname !== `/queues/${QUEUE}/messages`)
      return error(404, 'QueueNotExist', 'The queue name you provided is not exist.')
    const query = (name: string) => url.searchParams.get(name)
    switch (request.method) {
      case 'GET': {
        const limit = Number(query('numOfMessages') ?? '1')
        const wait = Number(query('waitseconds') ?? '0')
        if (!(limit >= 1 && limit <= 16) || !(wait >= 0 && wait <= 30))
          return error(400, 'InvalidArgument', 'numOfMessages is from 1 to 16, waitseconds from 0 to 30')
        calls.push('BatchReceiveMessage')
        const found = await receive(limit, wait)
        if (found.length === 0) return error(404, 'MessageNotExist', 'Message not exist.')
        for (const message of found) {
          message.deliveries += 1
          hide(message, options.visibilitySeconds ?? 30)
        }
        return { status: 200, body: document('Messages', found.map(messageXml).join('')) }
      }
      case 'POST': {
        calls.push('SendMessage')
        const sent = (await readBody(request)).toString()
        const body = elementOf(sent, 'MessageBody') ?? ''
        const delay = elementOf(sent, 'DelaySeconds') ?? '0'
        if (
          request.headers['content-type'] !== 'text/xml;charset=utf-8' ||
          !/^[A-Za-z0-9+/]+={0,2}$/.test(body)
        )
          return error(400, 'MalformedXML', 'The XML you provided was not well-formed.')
        if (body.length > MNS_LIMITS.message.most || !isDelay(delay))
          return error(400, 'InvalidArgument', 'MessageBody or DelaySeconds')
        const id = store(body, clock.now(), Number(delay) * 1000)
        return {
          status: 201,
          body: document(
            'Message',
            element('MessageId', id) + element('MessageBodyMD5', md5(body, 'hex').toUpperCase()),
          ),
        }
      }
      case 'PUT': {
        calls.push('ChangeMessageVisibility')
        const message = hiddenBy(query('receiptHandle'))
        const seconds = Number(query('visibilityTimeout') ?? '0')
        if (message === undefined) return error(404, 'MessageNotExist', 'Message not exist.')
        if (!(seconds >= 1 && seconds <= 43_200)) return error(400, 'InvalidArgument', 'visibilityTimeout')
        hide(message, seconds)
        const { receiptHandle = '', visibleAt } = message
        return {
          status: 200,
          body: document(
            'ChangeVisibility',
            `${element('ReceiptHandle', receiptHandle)}${element('NextVisibleTime', String(visibleAt))}`,
          ),
        }
      }
      case 'DELETE': {
        calls.push('DeleteMessage')
        const message = hiddenBy(query('ReceiptHandle'))
        if (message === undefined) return error(404, 'MessageNotExist', 'Message not exist.')
        messages.splice(messages.indexOf(message), 1)
        return { status: 204, body: '' }
      }
      default:
        return error(400, 'InvalidArgument', 'The sandbox does not support this call')
    }
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
    messages,
    calls,
    refused,
    send: (body, sentAt = clock.now()) => store(body, sentAt, 0),
    push: (endpoint, message, how = {}) => push(endpoint, message, how, listening.url, clock.now()),
    close() {
      stop.abort()
      return listening.close()
    },
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

/** The text of an element without attributes and entities: base64 and numbers need no more. */
function elementOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`)
  const end = xml.indexOf(`</${name}>`)
  return start < 0 || end < start ? undefined : xml.slice(start + name.length + 2, end)
}

function isDelay(text: string): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) <= MNS_LIMITS.delay.most
}

interface Answer {
  readonly status: number
  readonly body: string
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

function messageXml({ id, body, sentAt, deliveries, receiptHandle = '', visibleAt }: StoredMessage): string {
  const fields = {
    MessageId: id,
    ReceiptHandle: receiptHandle,
    MessageBody: body,
    MessageBodyMD5: md5(body, 'hex').toUpperCase(),
    EnqueueTime: String(sentAt),
    NextVisibleTime: String(visibleAt),
    DequeueCount: String(deliveries),
    Priority: '8',
  }
  const elements = Object.entries(fields).map(([name, text]) => element(name, text))
  return `<Message>${elements.join('')}</Message>`
}

function error(status: number, code: string, message: string): Answer {
  return { status, body: document('Error', `${element('Code', code)}${element('Message', message)}`) }
}
