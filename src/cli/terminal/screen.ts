import { stripVTControlCharacters } from 'node:util'
import type { Output } from './console.ts'
import type { Screen } from './text-renderer.ts'
import { widthOf } from '../view/text-layout.ts'

/** Columns and rows of a terminal that does not tell them. */
const USUAL = { columns: 80, rows: 24 } as const
/** Lines are not made for fewer columns. */
const NARROWEST = 20

/** Writes to standard output. On a terminal the last lines can be drawn again. */
export function createScreen(output: Output): Screen {
  const write = (lines: readonly string[], before = ''): void => {
    output.write(before + lines.map((line) => `${line}\n`).join(''))
  }
  if (output.isTTY !== true)
    return {
      print: (lines) => {
        write(lines)
      },
      width: () => undefined,
      height: () => USUAL.rows,
    }
  const width = (): number => Math.max(knownSize(output.columns) ?? USUAL.columns, NARROWEST)
  let shown: readonly string[] = []
  return {
    print(lines) {
      write([...lines, ...shown], erased(shown, width()))
    },
    live(lines) {
      if (lines.length === 0 && shown.length === 0) return
      write(lines, erased(shown, width()))
      shown = lines
    },
    width,
    height: () => knownSize(output.rows) ?? USUAL.rows,
  }
}

/** A terminal that does not know its size says 0. */
function knownSize(size: number | undefined): number | undefined {
  return size === 0 ? undefined : size
}

/**
 * Moves the cursor before the lines and clears the screen from there. A terminal that has become narrower since shows a line in
 * several rows. https://en.wikipedia.org/wiki/ANSI_escape_code#CSI_(Control_Sequence_Introducer)_sequences
 */
function erased(lines: readonly string[], columns: number): string {
  if (lines.length === 0) return ''
  const rows = lines.reduce(
    (sum, line) => sum + Math.max(1, Math.ceil(widthOf(stripVTControlCharacters(line)) / columns)),
    0,
  )
  return `\r\u001b[${String(rows)}A\u001b[0J`
}
