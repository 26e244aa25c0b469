import { escapeControls, replaceControls } from '../platform/control-characters.ts'

/** Runs of these are one space, so that a text of several lines stays readable in one. */
const WHITE_SPACE = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
const REPLACEMENT = '\ufffd'

/** Text from outside as a terminal may show it: in one line, with a mark in the place of each control character. */
export function printable(text: string): string {
  return replaceControls(text.replaceAll(WHITE_SPACE, ' '), REPLACEMENT)
}

/** A value with each of its texts as `printable` makes it, names of fields too. */
export function printableDeep<Value>(value: Value): Value
export function printableDeep(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map((item: unknown) => printableDeep(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [printable(name), printableDeep(item)]),
  )
}

/** A value as JSON in one line that a terminal may show. */
export function jsonLine(value: object): string {
  return escapeControls(JSON.stringify(value))
}

/** Writes one line of text that may hold what comes from outside. */
export function writeLine(output: { write(text: string): unknown }, text: string): void {
  output.write(`${printable(text)}\n`)
}
