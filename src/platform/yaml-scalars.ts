/** A scalar of YAML: its text, and the index after it. `isWhole`: whether it has its end. */
export interface Scalar {
  readonly text: string
  readonly end: number
  readonly isWhole: boolean
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07', e: '\x1b', '0': '\0' },
  ...{ N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
}
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const LARGEST_POINT = 0x10ffff

/** A scalar in quotes, which may have several lines. */
export function readQuoted(text: string, from: number): Scalar {
  const quote = text[from] ?? ''
  const parts: string[] = []
  let copied = from + 1
  for (let at = from + 1; at < text.length;) {
    const character = text[at]
    if (character === quote) {
      if (quote === '"' || text[at + 1] !== quote) {
        parts.push(folded(text.slice(copied, at)))
        return { text: parts.join(''), end: at + 1, isWhole: true }
      }
      parts.push(folded(text.slice(copied, at + 1)))
      copied = at += 2
    } else if (character === '\\' && quote === '"') {
      const escape = escapeAt(text, at)
      parts.push(folded(text.slice(copied, at)), escape.text)
      copied = at = escape.end
    } else at += 1
  }
  return { text: [...parts, folded(text.slice(copied))].join(''), end: text.length, isWhole: false }
}

/** A line break stands for a space, together with the blanks around it. */
function folded(part: string): string {
  if (!part.includes('\n')) return part
  const lines = part.split('\n')
  const last = lines.length - 1
  return lines
    .map((line, index) => (index === 0 ? line.trimEnd() : index === last ? line.trimStart() : line.trim()))
    .join(' ')
}

function escapeAt(text: string, at: number): { readonly text: string; readonly end: number } {
  const kind = text[at + 1] ?? ''
  const digits = DIGITS[kind]
  if (digits !== undefined) {
    const hex = text.slice(at + 2, at + 2 + digits)
    if (hex.length === digits && /^[0-9a-fA-F]+$/.test(hex)) {
      const point = Number.parseInt(hex, 16)
      return { text: point > LARGEST_POINT ? '\ufffd' : characterOf(point), end: at + 2 + digits }
    }
  }
  if (kind === '\n') {
    let end = at + 2
    while (text[end] === ' ' || text[end] === '\t') end += 1
    return { text: '', end }
  }
  return { text: ESCAPES[kind] ?? kind, end: at + 2 }
}

/** Halves of surrogate pairs are escaped one by one. */
function characterOf(point: number): string {
  return point > 0xffff ? String.fromCodePoint(point) : String.fromCharCode(point)
}

const DOCUMENT_MARK = /^(?:---|\.\.\.)(?=[ \t]|$)/

/**
 * A block scalar from its `|` or `>`. Its lines are indented by more than `parent`, and end where one is not. Line breaks are
 * kept also after `>`.
 */
export function readBlockScalar(text: string, from: number, parent: number): Scalar {
  const header = /[|>]([+-]?)([1-9]?)[+-]?[ \t]*(?:(?<=[ \t])#[^\n]*)?(?=\n|$)/y
  header.lastIndex = from
  const found = header.exec(text)
  if (found === null) return { text: '', end: from, isWhole: false }
  const lines: string[] = []
  let at = Math.min(from + found[0].length + 1, text.length)
  let indent =
    found[2] === '' || found[2] === undefined ? undefined : Math.max(Math.floor(parent), 0) + Number(found[2])
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at)
    const end = lineEnd === -1 ? text.length : lineEnd
    const line = text.slice(at, end)
    const column = line.search(/[^ \t]/)
    if (column !== -1) {
      if (column <= parent || DOCUMENT_MARK.test(line)) break
      indent ??= column
      if (column < indent) indent = column
    }
    lines.push(line)
    at = Math.min(end + 1, text.length)
  }
  const cut = indent ?? 0
  // The position stays on a line break, as it does after each other node.
  const end = at > from && text[at - 1] === '\n' ? at - 1 : at
  return {
    text: lines
      .map((line) => line.slice(cut))
      .join('\n')
      .trimEnd(),
    end,
    isWhole: true,
  }
}
