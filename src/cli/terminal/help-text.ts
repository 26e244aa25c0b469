import type { Output } from './console.ts'
import { commandLines, indented, wrapped } from '../view/text-layout.ts'

/** Columns where the output is no terminal, or one that does not tell them. */
const USUAL = { file: 100, terminal: 80 } as const
const NARROWEST = 40

/** Columns for the help: those of the terminal, within limits. */
export function helpWidth({ isTTY, columns }: Output): number {
  if (isTTY !== true) return USUAL.file
  return Math.max(columns === undefined || columns === 0 ? USUAL.terminal : columns, NARROWEST)
}

/** A help text in lines of at most this width: sentences are filled up anew, and a command stays one that a shell reads. */
export function helpText(text: string, width: number): string {
  return paragraphsIn(text.split('\n'))
    .flatMap((line) => linesOf(line, width))
    .join('\n')
}

/** A line that does not end its sentence goes on in the next one. */
function paragraphsIn(lines: readonly string[]): string[] {
  const paragraphs: string[] = []
  for (const line of lines) {
    const before = paragraphs.at(-1)
    if (before !== undefined && isProse(before) && isProse(line) && !/[.:]$/.test(before))
      paragraphs.splice(-1, 1, `${before} ${line}`)
    else paragraphs.push(line)
  }
  return paragraphs
}

/** Not a row of a table, nor what is indented. */
function isProse(line: string): boolean {
  return /^\S/.test(line) && !isRow(line)
}

function isRow(line: string): boolean {
  return /\S {2,}\S/.test(line)
}

function linesOf(line: string, width: number): string[] {
  const rest = line.trimStart()
  const indentation = line.length - rest.length
  if (indentation === 0) return wrapped(line, width)
  if (isRow(rest)) return indented(rest, indentation, width)
  return commandLines(rest, width - indentation).map((one) => ' '.repeat(indentation) + one)
}
