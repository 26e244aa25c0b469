import { ROS_LIMITS } from '../../platform/limits/ros.ts'

/** The longest PhysicalResourceId that ROS accepts, in bytes. */
export const LONGEST_ID_BYTES = ROS_LIMITS.physicalResourceId.most

/** RFC 9562, in lower case, as all supported clouds write it. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
export const UUID_CHARACTERS = 36

/** Parses a whole identifier and returns its parts in the order of the template. */
export type IdReader = (text: string) => readonly string[] | undefined

/**
 * A parser of identifiers that consist of literal text and of parts, each with a grammar of its own:
 * `` idGrammar`acs:ros:${REGION}:${ACCOUNT}` ``. A part's grammar is that of a whole text (`^…$`) without alternatives
 * at its top, without flags, and without groups that capture. A text that is longer than ROS accepts is refused.
 */
export function idGrammar({ raw }: TemplateStringsArray, ...parts: readonly RegExp[]): IdReader {
  const sources = raw.map((literal, index) => {
    const part = parts[index]
    return part === undefined ? escaped(literal) : `${escaped(literal)}(${unanchored(part)})`
  })
  const grammar = new RegExp(`^${sources.join('')}$`)
  return (text) => (Buffer.byteLength(text) > LONGEST_ID_BYTES ? undefined : grammar.exec(text)?.slice(1))
}

function unanchored({ source }: RegExp): string {
  return source.replace(/^\^/, '').replace(/\$$/, '')
}

function escaped(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
