import { MNS_LIMITS } from '../../platform/limits/mns.ts'
import type { MessageQueue, StoredMessage } from './message-queue.ts'
import { document, element, md5 } from './xml-document.ts'

export interface Answer {
  readonly status: number
  /** XML; empty for 204. */
  readonly body: string
}

/** A call for the queue's messages whose signature was checked. */
export interface QueueCall {
  readonly method: string | undefined
  readonly query: URLSearchParams
  readonly contentType: string | undefined
  readonly body: string
}

/**
 * The calls for the messages of one queue.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/api-overview
 */
export class QueueCalls {
  /** Their names, in order. */
  readonly calls: string[] = []
  readonly #queue: MessageQueue
  readonly #send: (body: string, delayMs: number) => StoredMessage
  readonly #visibilitySeconds: number

  constructor(
    queue: MessageQueue,
    options: {
      readonly send: (body: string, delayMs: number) => StoredMessage
      readonly visibilitySeconds: number
    },
  ) {
    this.#queue = queue
    this.#send = options.send
    this.#visibilitySeconds = options.visibilitySeconds
  }

  async answer(call: QueueCall): Promise<Answer> {
    switch (call.method) {
      case 'GET':
        return this.#batchReceive(call)
      case 'POST':
        return this.#sendMessage(call)
      case 'PUT':
        return this.#changeVisibility(call)
      case 'DELETE':
        return this.#delete(call)
      default:
        return error(400, 'InvalidArgument', 'The sandbox does not support this call')
    }
  }

  async #batchReceive({ query }: QueueCall): Promise<Answer> {
    const limit = Number(query.get('numOfMessages') ?? '1')
    const wait = Number(query.get('waitseconds') ?? '0')
    if (!(limit >= 1 && limit <= 16) || !(wait >= 0 && wait <= 30))
      return error(400, 'InvalidArgument', 'numOfMessages is from 1 to 16, waitseconds from 0 to 30')
    this.calls.push('BatchReceiveMessage')
    const found = await this.#queue.receive(limit, wait, this.#visibilitySeconds)
    if (found.length === 0) return messageNotExist()
    return { status: 200, body: document('Messages', found.map(messageXml).join('')) }
  }

  #sendMessage({ contentType, body: sent }: QueueCall): Answer {
    this.calls.push('SendMessage')
    const body = elementOf(sent, 'MessageBody') ?? ''
    const delay = elementOf(sent, 'DelaySeconds') ?? '0'
    if (contentType !== 'text/xml;charset=utf-8' || !/^[A-Za-z0-9+/]+={0,2}$/.test(body))
      return error(400, 'MalformedXML', 'The XML you provided was not well-formed.')
    if (body.length > MNS_LIMITS.message.most || !isDelay(delay))
      return error(400, 'InvalidArgument', 'MessageBody or DelaySeconds')
    const { id } = this.#send(body, Number(delay) * 1000)
    const elements = [element('MessageId', id), element('MessageBodyMD5', md5(body, 'hex').toUpperCase())]
    return { status: 201, body: document('Message', elements.join('')) }
  }

  #changeVisibility({ query }: QueueCall): Answer {
    this.calls.push('ChangeMessageVisibility')
    const message = this.#queue.hiddenBy(query.get('receiptHandle'))
    const seconds = Number(query.get('visibilityTimeout') ?? '0')
    if (message === undefined) return messageNotExist()
    if (!(seconds >= 1 && seconds <= 43_200)) return error(400, 'InvalidArgument', 'visibilityTimeout')
    this.#queue.hide(message, seconds)
    const { receiptHandle = '', visibleAt } = message
    const elements = [element('ReceiptHandle', receiptHandle), element('NextVisibleTime', String(visibleAt))]
    return { status: 200, body: document('ChangeVisibility', elements.join('')) }
  }

  #delete({ query }: QueueCall): Answer {
    this.calls.push('DeleteMessage')
    const message = this.#queue.hiddenBy(query.get('ReceiptHandle'))
    if (message === undefined) return messageNotExist()
    this.#queue.delete(message)
    return { status: 204, body: '' }
  }
}

export function error(status: number, code: string, message: string): Answer {
  return { status, body: document('Error', `${element('Code', code)}${element('Message', message)}`) }
}

function messageNotExist(): Answer {
  return error(404, 'MessageNotExist', 'Message not exist.')
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

/** The text of an element without attributes and entities, which is all that base64 and numbers need. */
function elementOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`)
  const end = xml.indexOf(`</${name}>`)
  return start < 0 || end < start ? undefined : xml.slice(start + name.length + 2, end)
}

function isDelay(text: string): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) <= MNS_LIMITS.delay.most
}
