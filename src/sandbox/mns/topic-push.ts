import { createSign, randomUUID } from 'node:crypto'
import type { EpochMs } from '../../platform/clock.ts'
import { SANDBOX_PUSH_KEY } from './certificate.ts'
import { document, element, md5 } from './xml-document.ts'

/** Where the sandbox serves the certificate of its pushes. */
export const CERTIFICATE_PATH = '/certificates/push.pem'

export interface PushOptions {
  readonly format?: 'XML' | 'JSON' | 'SIMPLIFIED'
  readonly owner?: string
  readonly topic?: string
  /** Changes to the push after it was signed, as an attacker would make them. */
  readonly changed?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** When the message was published; now by default. */
  readonly publishedAt?: EpochMs
  /** Milliseconds by which the Date header lies in the past. */
  readonly age?: number
  readonly certificateUrl?: string
  /** How the MD5 is encoded: base64 in the documents, hexadecimal digits in pushes that were observed. */
  readonly md5?: 'base64' | 'hex' | 'base64-of-hex'
}

/** Pushes a message of a topic to an endpoint, signed as MNS signs. Resolves with the HTTP status. */
export async function push(
  { endpoint, message }: { readonly endpoint: string; readonly message: string },
  how: PushOptions,
  { sandboxUrl, now }: { readonly sandboxUrl: string; readonly now: EpochMs },
): Promise<number> {
  const { format = 'SIMPLIFIED', owner = '1234567890123456', topic = 'ros-events', publishedAt = now } = how
  const body = pushBody(format, { message, owner, topic, publishedAt })
  const digest = md5(body, 'hex').toUpperCase()
  const md5Header = {
    base64: md5(body, 'base64'),
    hex: digest,
    'base64-of-hex': Buffer.from(digest).toString('base64'),
  }
  const signed: Record<string, string> = {
    'content-md5': md5Header[how.md5 ?? 'hex'],
    'content-type': format === 'XML' ? 'text/xml;charset=utf-8' : 'text/plain;charset=utf-8',
    date: new Date(now - (how.age ?? 0)).toUTCString(),
    'x-mns-message-id': randomUUID(),
    'x-mns-publish-time': String(publishedAt),
    'x-mns-request-id': randomUUID(),
    'x-mns-signing-cert-url': Buffer.from(how.certificateUrl ?? `${sandboxUrl}${CERTIFICATE_PATH}`).toString(
      'base64',
    ),
    'x-mns-topic-name': topic,
    'x-mns-topic-owner': owner,
    'x-mns-version': '2015-06-06',
  }
  const own = Object.keys(signed)
    .filter((name) => name.startsWith('x-mns-'))
    .sort()
    .map((name) => `${name}:${signed[name] ?? ''}\n`)
    .join('')
  const { pathname, search } = new URL(endpoint)
  const text = `POST\n${signed['content-md5'] ?? ''}\n${signed['content-type'] ?? ''}\n${signed['date'] ?? ''}\n${own}${pathname}${search}`
  const authorization = createSign('RSA-SHA1').update(text).sign(SANDBOX_PUSH_KEY, 'base64')
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { ...signed, authorization, ...how.changed?.headers },
    body: how.changed?.body ?? body,
  })
  await response.arrayBuffer()
  return response.status
}

interface Published {
  readonly message: string
  readonly owner: string
  readonly topic: string
  readonly publishedAt: EpochMs
}

function pushBody(
  format: 'XML' | 'JSON' | 'SIMPLIFIED',
  { message, owner, topic, publishedAt }: Published,
): string {
  const fields = {
    TopicOwner: owner,
    TopicName: topic,
    Subscriber: owner,
    SubscriptionName: 'stackbridge',
    MessageId: randomUUID(),
    Message: message,
    MessageMD5: md5(message, 'hex').toUpperCase(),
    PublishTime: String(publishedAt),
  }
  switch (format) {
    case 'SIMPLIFIED':
      return message
    case 'JSON':
      return JSON.stringify(fields)
    case 'XML':
      return document(
        'Notification',
        Object.entries(fields)
          .map(([name, text]) => element(name, text))
          .join(''),
      )
  }
}
