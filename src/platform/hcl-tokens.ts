/**
 * A token of HCL. A `text` is a string or heredoc with its escapes decoded; `${…}` stays in it as written.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export interface HclToken {
  readonly kind: 'name' | 'text' | 'number' | 'break' | 'sign' | 'end'
  readonly text: string
  /** Whether white space precedes a sign. */
  readonly isSpaced?: boolean
  /** Where it begins, in the text that `withPlainBreaks` gives. */
  readonly at: number
}

export interface HclTokens {
  readonly tokens: readonly HclToken[]
  /** Whether every character belongs to a token that HCL knows, and every string and comment has its end. */
  readonly isWhole: boolean
}

const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_-]*/uy
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const SIGN = /=>|==|!=|<=|>=|&&|\|\||\.\.\.|[-+*/%!<>?:=.,()[\]{}&|]/y
const HEREDOC = /<<(-?)"?([\p{L}_][\p{L}\p{N}_-]*)"?[ \t]*(?:\n|$)/uy
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** The text as HCL counts its lines. */
export function withPlainBreaks(text: string): string {
  return text.replaceAll(/\r\n?|\u2028|\u2029/g, '\n').replace(/^\ufeff/, '')
}

/** The tokens of a text, without comments. Takes linear time and never throws. */
export function hclTokens(given: string): HclTokens {
  const text = withPlainBreaks(given)
  const tokens: HclToken[] = []
  let isWhole = true
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text) ?? undefined
    if (found !== undefined) at += found[0].length
    return found
  }
  while (at < text.length) {
    const character = text[at] ?? ''
    if (character === '\n') {
      tokens.push({ kind: 'break', text: '\n', at })
      at += 1
    } else if (/\s/.test(character)) at += 1
    else if (character === '#' || text.startsWith('//', at)) at = lineEnd(text, at)
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      isWhole &&= end !== -1
      at = end === -1 ? text.length : end + 2
    } else if (character === '"') {
      const string = stringAt(text, at)
      isWhole &&= string.isWhole
      tokens.push({ kind: 'text', text: string.text, at })
      at = string.end
    } else {
      const start = at
      const heredoc = take(HEREDOC)
      if (heredoc !== undefined) {
        const read = heredocAt(text, at, heredoc[2] ?? '')
        isWhole &&= read.isWhole
        at = read.end
        tokens.push({ kind: 'text', text: read.text, at: start }, { kind: 'break', text: '\n', at })
        continue
      }
      const name = take(NAME)
      const number = name === undefined ? take(NUMBER) : undefined
      const sign = name === undefined && number === undefined ? take(SIGN) : undefined
      if (name !== undefined) tokens.push({ kind: 'name', text: name[0], at: start })
      else if (number !== undefined) tokens.push({ kind: 'number', text: number[0], at: start })
      else if (sign !== undefined) {
        const isSpaced = /\s/.test(text[start - 1] ?? '')
        tokens.push({ kind: 'sign', text: sign[0], isSpaced, at: start })
      } else {
        isWhole = false
        at += 1
      }
    }
  }
  return { tokens: [...tokens, { kind: 'end', text: '', at }], isWhole }
}

interface ReadText {
  readonly text: string
  readonly end: number
  readonly isWhole: boolean
}

/** A string in quotes. Quotes within `${…}` do not end it. */
function stringAt(text: string, from: number): ReadText {
  const parts: string[] = []
  let copied = from + 1
  let at = from + 1
  while (at < text.length) {
    const character = text[at]
    if (character === '"') {
      parts.push(text.slice(copied, at))
      return { text: parts.join(''), end: at + 1, isWhole: true }
    }
    if (character === '\n') break
    if (character === '\\') {
      parts.push(text.slice(copied, at))
      const escape = escapeAt(text, at)
      parts.push(escape.text)
      copied = at = escape.end
    } else if ((character === '$' || character === '%') && text[at + 1] === '{') {
      const isEscaped = text[at - 1] === character && at - 1 >= copied
      if (isEscaped) {
        // `$${` stands for `${`.
        parts.push(text.slice(copied, at - 1))
        copied = at
        at += 2
      } else at = sequenceEnd(text, at + 2)
    } else at += 1
  }
  return { text: [...parts, text.slice(copied, at)].join(''), end: at, isWhole: false }
}

/** The index after the brace that closes a `${` or `%{` of a string, whose strings may hold such sequences themselves. */
function sequenceEnd(text: string, from: number): number {
  // Each `{` and each `"` that is open.
  const open: string[] = ['{']
  let at = from
  while (at < text.length && open.length > 0) {
    const character = text[at]
    const isInString = open.at(-1) === '"'
    if (character === '\n' && isInString) return at
    if (isInString && character === '\\') at += 1
    else if (character === '"') {
      if (isInString) open.pop()
      else open.push('"')
    } else if (character === '}' && !isInString) open.pop()
    else if (character === '{' && (!isInString || text[at - 1] === '$' || text[at - 1] === '%'))
      open.push('{')
    at += 1
  }
  return Math.min(at, text.length)
}

function escapeAt(text: string, at: number): { readonly text: string; readonly end: number } {
  const kind = text[at + 1] ?? ''
  const digits = kind === 'u' ? 4 : kind === 'U' ? 8 : 0
  const hex = text.slice(at + 2, at + 2 + digits)
  if (digits > 0 && hex.length === digits && /^[0-9a-fA-F]+$/.test(hex)) {
    const point = Number.parseInt(hex, 16)
    const character =
      point > 0x10ffff ? '\ufffd' : digits === 4 ? String.fromCharCode(point) : String.fromCodePoint(point)
    return { text: character, end: at + 2 + digits }
  }
  return { text: ESCAPES[kind] ?? kind, end: at + 2 }
}

/** The lines of a heredoc up to its marker, without the indentation that they share. */
function heredocAt(text: string, from: number, marker: string): ReadText {
  const lines: string[] = []
  for (let at = from; at < text.length;) {
    const end = lineEnd(text, at)
    const line = text.slice(at, end)
    if (line.trim() === marker) return { text: dedented(lines), end, isWhole: true }
    lines.push(line)
    at = end + 1
  }
  return { text: dedented(lines), end: text.length, isWhole: false }
}

function dedented(lines: readonly string[]): string {
  const indents = lines.map((line) => line.search(/[^ \t]/)).filter((indent) => indent >= 0)
  const indent = indents.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  return Number.isFinite(indent) ? lines.map((line) => line.slice(indent)).join('\n') : ''
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}
