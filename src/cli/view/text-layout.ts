/**
 * Lines of a given width in columns of a terminal. `undefined` is no limit: what a log or another program reads stays whole.
 */
export type Width = number | undefined

const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Emoji_Presentation}\u2329\u232a\u2630-\u2637\u268a-\u268f\u2ff0-\u303e\u309b-\u30ff\u3190-\u33ff\u4dc0-\u4dff\ufa70-\ufaff\uff01-\uff60\uffe0-\uffe6\ufe0f\ufe10-\ufe19\ufe30-\ufe6f\u{16fe0}-\u{18dff}\u{1b000}-\u{1b2ff}\u{1d300}-\u{1d37f}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u
const WITHOUT_WIDTH = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u
/** Most texts; each character takes one column. */
const ASCII = /^[ -~]*$/
const ELLIPSIS = '…'

/** Made with the first text that needs it: it loads tables of Unicode, which takes longer than a short command does. */
let characters: Intl.Segmenter | undefined

/** What a reader takes for one character each. */
function charactersOf(text: string): string[] {
  if (ASCII.test(text)) return Array.from(text)
  characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(characters.segment(text), ({ segment }) => segment)
}

/** The columns of one character: 2 for those of East Asia and for emoji. https://www.unicode.org/reports/tr11/ */
function columnsOf(character: string): number {
  if (WITHOUT_WIDTH.test(character)) return 0
  // A terminal may give each part of a joined character its own place.
  return Array.from(character).reduce(
    (sum, part) => sum + (WITHOUT_WIDTH.test(part) ? 0 : WIDE.test(part) ? 2 : 1),
    character.includes('\ufe0f') ? 1 : 0,
  )
}

/** How many columns a text takes. It must be printable: no control characters. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length
  return charactersOf(text).reduce((sum, character) => sum + columnsOf(character), 0)
}

/** The text with spaces up to a width; a longer one is left as it is. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** The text, or its beginning and end with `…` between them: both tell ids apart. */
export function shortened(text: string, width: Width): string {
  if (width === undefined || widthOf(text) <= width) return text
  if (width < 1) return ''
  const all = charactersOf(text)
  const left = taken(all, Math.ceil((width - 1) / 2))
  const right = taken([...all].reverse(), Math.floor((width - 1) / 2)).reverse()
  return [...left, ELLIPSIS, ...right].join('')
}

/** The first characters that fit. */
function taken(all: readonly string[], width: number): string[] {
  let used = 0
  const end = all.findIndex((character) => {
    used += columnsOf(character)
    return used > width
  })
  return all.slice(0, end < 0 ? all.length : end)
}

/** The text in lines, broken at spaces, or within a word that is longer than a line. */
export function wrapped(text: string, width: Width): string[] {
  if (width === undefined || widthOf(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line)
      line = ''
    }
    const pieces = broken(line === '' ? word : `${line} ${word}`, Math.max(width, 2))
    line = pieces.pop() ?? ''
    lines.push(...pieces)
  }
  return line === '' ? lines : [...lines, line]
}

/** A command in lines that a shell reads as one: it ignores a backslash with the line break after it. */
export function commandLines(command: string, width: Width): string[] {
  if (width === undefined || widthOf(command) <= width) return [command]
  const lines: string[] = []
  let rest = charactersOf(command)
  while (widthOf(rest.join('')) > width) {
    const first = taken(rest, width - 1)
    const end = first.lastIndexOf(' ') + 1 || Math.max(first.length, 1)
    lines.push(`${rest.slice(0, end).join('')}\\`)
    rest = rest.slice(end)
  }
  return [...lines, rest.join('')]
}

function broken(text: string, width: number): string[] {
  const pieces: string[] = []
  let rest = charactersOf(text)
  do {
    const first = taken(rest, width)
    // A character that is wider than the line must not stop the loop.
    const length = Math.max(first.length, Math.min(1, rest.length))
    pieces.push(rest.slice(0, length).join(''))
    rest = rest.slice(length)
  } while (rest.length > 0)
  return pieces
}

/** A text in lines that all begin with an indentation. */
export function indented(text: string, indentation: number, width: Width): string[] {
  const room = width === undefined ? undefined : Math.max(width - indentation, 2)
  return wrapped(text, room).map((line) => `${' '.repeat(indentation)}${line}`)
}

/** A part of a line. */
export interface Cell {
  readonly text: string
  readonly paint?: (text: string) => string
  /** Filled up with spaces to this width. */
  readonly column?: number
  /** Left out where the line is too narrow, those of the largest number first. Other cells are shortened instead. */
  readonly optional?: number
  /** This cell is shortened before the others. */
  readonly shortens?: boolean
  /** Columns below which it is left out rather than shortened, where it is optional. */
  readonly least?: number
}

/** The columns between two cells. */
const GAP = 2
/** The least that a cell is shortened to as long as that helps. */
const READABLE = 16

/** One line of cells that is not longer than the width. */
export function row(cells: readonly Cell[], width: Width): string {
  const kept = width === undefined ? cells : fitting(cells, width)
  return kept.map(shownCell).join(' '.repeat(GAP)).trimEnd()
}

function shownCell({ text, paint, column }: Cell, index: number, all: readonly Cell[]): string {
  const spaces = index === all.length - 1 ? '' : ' '.repeat(Math.max(0, (column ?? 0) - widthOf(text)))
  return (paint === undefined ? text : paint(text)) + spaces
}

function fitting(cells: readonly Cell[], width: number): readonly Cell[] {
  if (lengthOf(cells) <= width) return cells
  const unaligned = cells.map((cell) => (cell.shortens === true ? { ...cell, column: 0 } : cell))
  return lengthOf(unaligned) <= width ? unaligned : reduced(unaligned, width)
}

function reduced(cells: readonly Cell[], width: number): readonly Cell[] {
  if (lengthOf(cells) <= width) return cells
  const least = lengthOf(
    cells.map((cell) => (cell.shortens === true ? atMost(cell, cell.least ?? READABLE) : cell)),
  )
  const dropped = least > width ? lastOptional(cells) : undefined
  if (dropped !== undefined)
    return reduced(
      cells.filter((cell) => cell !== dropped),
      width,
    )
  return shortenedToFit(cells, width)
}

function lastOptional(cells: readonly Cell[]): Cell | undefined {
  return cells
    .filter(({ optional }) => optional !== undefined)
    .sort((one, other) => (other.optional ?? 0) - (one.optional ?? 0))[0]
}

/** Shortens the longest cells, all to the same width; cells that may not be shortened only where nothing else helps. */
function shortenedToFit(cells: readonly Cell[], width: number): readonly Cell[] {
  const first = capped(cells, width, READABLE, ({ shortens }) => shortens === true)
  const fits = lengthOf(first) <= width ? first : capped(cells, width, 1, () => true)
  return fits.filter(({ text }) => text !== '')
}

function capped(
  cells: readonly Cell[],
  width: number,
  least: number,
  mayShorten: (cell: Cell) => boolean,
): readonly Cell[] {
  const cappedAt = (most: number) => cells.map((cell) => (mayShorten(cell) ? atMost(cell, most) : cell))
  for (let most = width; most > least; most -= 1) {
    const shorter = cappedAt(most)
    if (lengthOf(shorter) <= width) return shorter
  }
  return cappedAt(least)
}

function atMost(cell: Cell, width: number): Cell {
  return widthOf(cell.text) <= width ? cell : { ...cell, text: shortened(cell.text, width), column: 0 }
}

function lengthOf(cells: readonly Cell[]): number {
  return cells.reduce(
    (sum, { text, column = 0 }, index) =>
      sum +
      (index === 0 ? 0 : GAP) +
      (index === cells.length - 1 ? widthOf(text) : Math.max(widthOf(text), column)),
    0,
  )
}
