import { isJsonList, isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { textOf } from './xml.ts'

/**
 * The events of ROS in what came by a queue or a topic: the message as it is or in base64 (which of both ROS writes is not
 * documented), in a notification of a topic (XML or JSON), or in the CloudEvents of a Function Compute trigger, alone or
 * several. Empty where nothing of it could be an event.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/mns-queue-triggers
 */
export function eventsIn(message: Uint8Array, depth = 0): readonly Uint8Array[] {
  if (depth > DEEPEST) return []
  const json = parseJson(message)
  if (json.ok) return eventsInJson(json.value, message, depth)
  const text = Buffer.from(message).toString()
  if (/^\s*(?:<\?xml[^>]*>\s*)?<Notification[\s>]/.test(text)) {
    const inner = textOf(text, 'Message')
    return inner === undefined ? [] : eventsIn(Buffer.from(inner), depth + 1)
  }
  // Deep in it is something wrong, and still its ids may be read.
  if (json.texts !== undefined) return [message]
  return BASE64.test(text.trim()) ? eventsIn(Buffer.from(text, 'base64'), depth + 1) : []
}

/** A message in base64, in a notification, in a CloudEvent, in a list. */
const DEEPEST = 4
const BASE64 = /^[A-Za-z0-9+/\r\n]+={0,2}$/

function eventsInJson(value: JsonValue, message: Uint8Array, depth: number): readonly Uint8Array[] {
  if (isJsonList(value)) return value.flatMap((item) => eventsIn(bytesOf(item), depth + 1))
  // A text in quotes.
  if (typeof value === 'string') return eventsIn(bytesOf(value), depth + 1)
  if (!isJsonObject(value)) return []
  const inner = innerMessage(value)
  return inner === undefined ? [message] : eventsIn(bytesOf(inner), depth + 1)
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
