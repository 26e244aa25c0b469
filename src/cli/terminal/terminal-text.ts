import { SourceNumber, writeJson } from '../../platform/json.ts'
import { escapeControls, replaceControls } from '../../platform/control-characters.ts'

/** A run of these becomes one space, so that a text of several lines stays readable in one line. */
const WHITE_SPACE = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
const REPLACEMENT = '\ufffd'

/** External text, safe for a terminal: one line, with U+FFFD in place of each control character. */
export function printable(text: string): string {
  return replaceControls(text.replaceAll(WHITE_SPACE, ' '), REPLACEMENT)
}

/** A copy in which `printable` was applied to every string and field name. */
export function printableDeep<Value>(value: Value): Value
export function printableDeep(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map((item: unknown) => printableDeep(item))
  if (typeof value !== 'object' || value === null || value instanceof SourceNumber) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [printable(name), printableDeep(item)]),
  )
}

/** JSON in one line, safe for a terminal. */
export function jsonLine(value: object): string {
  return escapeControls(writeJson(value))
}

/** Writes one line that may hold external text. */
export function writeLine(output: { write(text: string): unknown }, text: string): void {
  output.write(`${printable(text)}\n`)
}
