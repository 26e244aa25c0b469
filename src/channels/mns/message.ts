import type { EpochMs } from '../../platform/clock.ts'
import {
  isJsonList,
  isJsonObject,
  parseJson,
  type JsonObject,
  type JsonValue,
  writeJson,
} from '../../platform/json.ts'
import { textOf } from './xml.ts'

export interface MessageEvent {
  readonly bytes: Uint8Array
  /** The time at which ROS had sent it at the latest, if the envelope has one. ROS's Timeout counts from then. */
  readonly sentAt?: EpochMs
}

/**
 * The events of ROS in a message of a queue or a topic. An event may be plain or in base64 (ROS does not document which it
 * writes), in a topic's notification (XML or JSON), or in one or several CloudEvents of a Function Compute trigger. Empty if
 * no part of the message could be an event. Never throws.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/mns-queue-triggers
 */
export function eventsIn(message: Uint8Array): readonly MessageEvent[] {
  return unwrap(message, {}, 0)
}

/**
 * Whether these bytes may be CloudEvents of a Function Compute trigger. An event of ROS that has such text in a template is
 * taken for one, too; `eventsIn` then finds the event itself.
 */
export function isTriggerMessage(message: Uint8Array): boolean {
  return Buffer.from(message.buffer, message.byteOffset, message.byteLength).includes('specversion')
}

/** The deepest envelope: a list of CloudEvents that contain notifications with a message in base64. */
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
  // Nested too deeply for an event, but the ids at its top may allow an answer.
  if (json.texts !== undefined) return [{ bytes: message, ...sent }]
  return BASE64.test(text.trim()) ? unwrap(Buffer.from(text, 'base64'), sent, depth + 1) : []
}

function unwrapJson(value: JsonValue, bytes: Uint8Array, sent: Sent, depth: number): readonly MessageEvent[] {
  if (isJsonList(value)) return value.flatMap((item) => unwrap(bytesOf(item), sent, depth + 1))
  if (typeof value === 'string') return unwrap(bytesOf(value), sent, depth + 1)
  if (!isJsonObject(value)) return []
  const inner = innerMessage(value)
  if (inner === undefined) return [{ bytes, ...sent }]
  const time = 'specversion' in value ? value['time'] : value['PublishTime']
  return unwrap(bytesOf(inner), sentAtOf(time, sent), depth + 1)
}

/** CloudEvents have RFC 3339, MNS has milliseconds. A date without a time zone is ignored. */
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
  return Buffer.from(typeof value === 'string' ? value : writeJson(value))
}
