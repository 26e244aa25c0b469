import * as v from 'valibot'
import { isLoopback } from '../endpoint-host.ts'

export interface SettingDefinition<Schema extends v.GenericSchema<string, unknown>> {
  /** The name of the environment variable. */
  readonly name: string
  /** As it is written in the environment. */
  readonly default: string
  readonly meaning: string
  /** What a valid value is; follows "must be" in an error message. */
  readonly rule: string
  readonly schema: Schema
}

export function define<Schema extends v.GenericSchema<string, unknown>>(
  definition: SettingDefinition<Schema>,
): SettingDefinition<Schema> {
  return definition
}

export const wholeNumber = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max))

export const flag = v.pipe(
  v.picklist(['true', 'false']),
  v.transform((value) => value === 'true'),
)

/** Items separated by commas. Spaces around an item and empty items are ignored. */
export const list = v.pipe(
  v.string(),
  v.transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
)

/**
 * Whether an item of a list contains a character that a user may have meant as the separator: a comma, a semicolon or a
 * space.
 */
export function hasSeparator(item: string): boolean {
  return /[,;\s]/.test(item)
}

/** An http or https URL of plain characters, with or without a port and a path. */
export function isPlainUrl(text: string): boolean {
  return (
    /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:\/[\w.~/-]*)?$/i.test(text) && URL.canParse(text)
  )
}

/**
 * A plain URL whose requests others on the network path cannot read. Over http the role's token, a ResponseURL or a
 * secret could be read: only a test on this machine uses it.
 */
export function isConfidentialUrl(text: string): boolean {
  if (!isPlainUrl(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || isLoopback(hostname)
}

/** Of an Alibaba Cloud service: one of the two of its region, or a URL. */
export function isEndpoint(text: string): boolean {
  return text === 'internal' || text === 'public' || isConfidentialUrl(text)
}

const SHORTEST_KEY = 16

/** One key or token, or two while a new one replaces an old one. Keys have 16 to `longest` characters. */
export const keys = (longest = Infinity) =>
  v.pipe(
    list,
    v.maxLength(2),
    v.check((values) => values.every(({ length }) => length >= SHORTEST_KEY && length <= longest)),
  )

/** https://www.alibabacloud.com/help/en/mns/basic-concepts-queue */
export function isQueueUrl(text: string): boolean {
  return /^https?:\/\/[^/]+\/queues\/[\w-]+$/.test(text) && isPlainUrl(text)
}
