import type { EpochMs } from '../../platform/clock.ts'
import { isJsonList, isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { textOf } from './xml.ts'

export interface MessageEvent {
  readonly bytes: Uint8Array
  /** When ROS had sent it at the latest, where the envelope says so: ROS waits since then, however long it lay there. */
  readonly sentAt?: EpochMs
}

/**
 * The events of ROS in what came by a queue or a topic: the message as it is or in base64 (which of both ROS writes is not
 * documented), in a notification of a topic (XML or JSON), or in the CloudEvents of a Function Compute trigger, alone or
 * several. Empty where nothing of it could be an event.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/mns-queue-triggers
 */
export function eventsIn(message: Uint8Array): readonly MessageEvent[] {
  return unwrap(message, {}, 0)
}

/** A message in base64, in a notification, in a CloudEvent, in a list. */
const DEEPEST = 4
const BASE64 = /^[A-Za-z0-9+/\r\n]+={0,2}$/

type Sent = Pick<MessageEvent, 'sentAt'>

function unwrap(message: Uint8Array, sent: Sent, depth: number): readonly MessageEvent[] {
  if (depth > DEEPEST) return []
  const json = parseJson(message)
  if (json.ok) return unwrapJson(json.value, message, sent, depth)
  const text = Buffer.from(message).toString()
  if (/^\s*(?:<\?xml[^>]*>\s*)?<Notification[\s>]/.test(text)) {
    const inner = textOf(text, 'Message')
    if (inner === undefined) return []
    return unwrap(Buffer.from(inner), sentAtOf(textOf(text, 'PublishTime'), sent), depth + 1)
  }
  // Deep in it is something wrong, and still its ids may be read.
  if (json.texts !== undefined) return [{ bytes: message, ...sent }]
  return BASE64.test(text.trim()) ? unwrap(Buffer.from(text, 'base64'), sent, depth + 1) : []
}

function unwrapJson(value: JsonValue, bytes: Uint8Array, sent: Sent, depth: number): readonly MessageEvent[] {
  if (isJsonList(value)) return value.flatMap((item) => unwrap(bytesOf(item), sent, depth + 1))
  // A text in quotes.
  if (typeof value === 'string') return unwrap(bytesOf(value), sent, depth + 1)
  if (!isJsonObject(value)) return []
  const inner = innerMessage(value)
  if (inner === undefined) return [{ bytes, ...sent }]
  const time = 'specversion' in value ? value['time'] : value['PublishTime']
  return unwrap(bytesOf(inner), sentAtOf(time, sent), depth + 1)
}

/** A CloudEvent has RFC 3339, MNS milliseconds; a date without a zone says nothing. */
function sentAtOf(time: JsonValue | undefined, otherwise: Sent): Sent {
  const text = typeof time === 'number' ? String(time) : typeof time === 'string' ? time : ''
  const sentAt = /^\d+$/.test(text)
    ? Number(text)
    : /(?:Z|[+-]\d\d:\d\d)$/i.test(text)
      ? Date.parse(text)
      : Number.NaN
  return sentAt > 0 ? { sentAt } : otherwise
}

function innerMessage(value: JsonObject): JsonValue | undefined {
  const { data } = value
  if ('specversion' in value && data !== undefined)
    return isJsonObject(data) ? (data['messageBody'] ?? data['body'] ?? data) : data
  return 'TopicName' in value ? value['Message'] : undefined
}

function bytesOf(value: JsonValue): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
}
