import { ViewBuilder, type TextView } from './text-view.ts'

/** Decodes one kind of escape once; `undefined` for a text without any. Takes linear time. */
export type Decoder = (source: TextView) => TextView | undefined

const code = (character: string): number => character.charCodeAt(0)
const [PERCENT, PLUS, SPACE, TAB] = [code('%'), code('+'), code(' '), code('\t')]
const [AMPERSAND, HASH, SEMICOLON, BACKSLASH] = [code('&'), code('#'), code(';'), code('\\')]
const EQUALS = code('=')
const [LF, CR, LEFT_BRACE, RIGHT_BRACE] = [code('\n'), code('\r'), code('{'), code('}')]
const [LOWER_X, LOWER_U, UPPER_U] = [code('x'), code('u'), code('U')]

/** An escape: the character that it stands for, and the index after it. `unit` is `undefined` for one that stands for none. */
interface Escape {
  readonly unit: number | undefined
  readonly low?: number
  readonly end: number
}

/** The digit's value; 16 or more for other characters. */
export function hexDigit(unit: number | undefined): number {
  if (unit === undefined) return 99
  if (unit >= 48 && unit <= 57) return unit - 48
  const lower = unit | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : 99
}

/** The number that `count` hexadecimal digits give, or `undefined` where there are fewer. */
function hexAt(units: Uint16Array, from: number, count: number): number | undefined {
  let value = 0
  for (let at = from; at < from + count; at += 1) {
    const digit = hexDigit(units[at])
    if (digit > 15) return undefined
    value = value * 16 + digit
  }
  return value
}

function decodeAll(
  source: TextView,
  isStart: (unit: number) => boolean,
  escapeAt: (units: Uint16Array, at: number) => Escape | undefined,
): TextView | undefined {
  const { units } = source
  if (!units.some(isStart)) return undefined
  const builder = new ViewBuilder(source)
  let isChanged = false
  for (let at = 0; at < units.length;) {
    const unit = units[at] ?? 0
    const escape = isStart(unit) ? escapeAt(units, at) : undefined
    if (escape === undefined) builder.put(unit, at, at + 1)
    else {
      isChanged = true
      if (escape.unit !== undefined) builder.put(escape.unit, at, escape.end)
      if (escape.low !== undefined) builder.put(escape.low, at, escape.end)
    }
    at = escape?.end ?? at + 1
  }
  return isChanged ? builder.build() : undefined
}

/** `%41`, `%u0041`, and `+` for a space. A byte that is no ASCII becomes the character of the same number. */
export const decodePercent: Decoder = (source) =>
  decodeAll(
    source,
    (unit) => unit === PERCENT || unit === PLUS,
    (units, at) => {
      if (units[at] === PLUS) return { unit: SPACE, end: at + 1 }
      if (((units[at + 1] ?? 0) | 32) === LOWER_U) {
        const wide = hexAt(units, at + 2, 4)
        if (wide !== undefined) return { unit: wide, end: at + 6 }
      }
      const byte = hexAt(units, at + 1, 2)
      return byte === undefined ? undefined : { unit: byte, end: at + 3 }
    },
  )

/** Quoted-printable: `=41`, and a line break after `=`, which stands for nothing. */
export const decodeQuotedPrintable: Decoder = (source) =>
  decodeAll(
    source,
    (unit) => unit === EQUALS,
    (units, at) => {
      const next = units[at + 1]
      if (next === LF || next === CR) {
        const isPair = next === CR && units[at + 2] === LF
        return { unit: undefined, end: at + (isPair ? 3 : 2) }
      }
      const byte = hexAt(units, at + 1, 2)
      return byte === undefined ? undefined : { unit: byte, end: at + 3 }
    },
  )

const LONGEST_ENTITY = 12
/** The names of HTML for punctuation marks of ASCII and for Latin-1. https://html.spec.whatwg.org/#named-character-references */
const ENTITIES: ReadonlyMap<string, number> = new Map([
  ...[
    ...['amp&', 'lt<', 'gt>', 'quot"', "apos'", 'AMP&', 'LT<', 'GT>', 'QUOT"', 'Tab\t', 'NewLine\n', 'excl!'],
    ...['num#', 'dollar$', 'percnt%', 'lpar(', 'rpar)', 'ast*', 'midast*', 'plus+', 'comma,', 'period.'],
    ...['sol/', 'colon:', 'semi;', 'equals=', 'quest?', 'commat@', 'lsqb[', 'lbrack[', 'bsol\\', 'rsqb]'],
    ...['rbrack]', 'Hat^', 'lowbar_', 'grave`', 'lcub{', 'lbrace{', 'verbar|', 'vert|', 'rcub}', 'rbrace}'],
  ].map((entry): [string, number] => [entry.slice(0, -1), entry.charCodeAt(entry.length - 1)]),
  ...(
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
    'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave ' +
    'Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc ' +
    'Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc ' +
    'iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
  )
    .split(' ')
    .map((name, index): [string, number] => [name, 160 + index]),
])

/** Entities of HTML and XML: `&quot;`, `&#39;`, `&#x27;`. */
export const decodeEntities: Decoder = (source) =>
  decodeAll(
    source,
    (unit) => unit === AMPERSAND,
    (units, at) => {
      let end = at + 1
      while (end < at + LONGEST_ENTITY && end < units.length && units[end] !== SEMICOLON) end += 1
      if (units[end] !== SEMICOLON) return undefined
      const name = String.fromCharCode(...units.subarray(at + 1, end))
      const point = units[at + 1] === HASH ? numbered(name.slice(1)) : ENTITIES.get(name)
      return point === undefined ? undefined : { ...unitsOf(point), end: end + 1 }
    },
  )

function numbered(digits: string): number | undefined {
  if (/^[xX][0-9a-fA-F]+$/.test(digits)) return Number.parseInt(digits.slice(1), 16)
  return /^[0-9]+$/.test(digits) ? Number(digits) : undefined
}

function unitsOf(point: number): Pick<Escape, 'unit' | 'low'> {
  if (point > 0x10ffff) return { unit: 0xfffd }
  if (point <= 0xffff) return { unit: point }
  return { unit: 0xd800 + ((point - 0x10000) >>> 10), low: 0xdc00 + ((point - 0x10000) & 0x3ff) }
}

const LETTERS: ReadonlyMap<number, number> = new Map(
  ['n\n', 't\t', 'r\r', 'b\b', 'f\f', 'v\v', 'a\x07', 'e\x1b'].map((pair) => [
    pair.charCodeAt(0),
    pair.charCodeAt(1),
  ]),
)

/**
 * Escapes of JSON, JavaScript, Python, YAML, HCL and shells: `\n`, `\x41`, `\u0041`, `\u{41}`, `\U00000041`, `\101`, and any
 * punctuation mark after a backslash. A line break after a backslash stands for nothing.
 */
export const decodeBackslashes: Decoder = (source) =>
  decodeAll(
    source,
    (unit) => unit === BACKSLASH,
    (units, at) => {
      const unit = units[at + 1]
      if (unit === undefined) return undefined
      const letter = LETTERS.get(unit)
      if (letter !== undefined) return { unit: letter, end: at + 2 }
      if (unit === LOWER_X) return fixed(units, at, 2)
      if (unit === UPPER_U) return fixed(units, at, 8)
      if (unit === LOWER_U) return units[at + 2] === LEFT_BRACE ? inBraces(units, at) : fixed(units, at, 4)
      if (unit >= 48 && unit <= 55) return octal(units, at)
      if (unit === LF || unit === CR) return { unit: undefined, end: afterBreak(units, at + 1) }
      return isPunctuation(unit) ? { unit, end: at + 2 } : undefined
    },
  )

function fixed(units: Uint16Array, at: number, digits: number): Escape | undefined {
  const point = hexAt(units, at + 2, digits)
  return point === undefined ? undefined : { ...unitsOf(point), end: at + 2 + digits }
}

function inBraces(units: Uint16Array, at: number): Escape | undefined {
  let end = at + 3
  while (end < at + 9 && hexDigit(units[end]) < 16) end += 1
  const point = units[end] === RIGHT_BRACE && end > at + 3 ? hexAt(units, at + 3, end - at - 3) : undefined
  return point === undefined ? undefined : { ...unitsOf(point), end: end + 1 }
}

function octal(units: Uint16Array, at: number): Escape {
  let value = 0
  let end = at + 1
  while (end < at + 4 && (units[end] ?? 0) >= 48 && (units[end] ?? 0) <= 55) {
    const next = value * 8 + (units[end] ?? 0) - 48
    if (next > 255) break
    value = next
    end += 1
  }
  return { unit: value, end }
}

function isPunctuation(unit: number): boolean {
  return unit >= 32 && unit < 127 && !/[A-Za-z0-9]/.test(String.fromCharCode(unit))
}

/** Line breaks, with the indentation of the line that follows. */
export const decodeLineBreaks: Decoder = (source) =>
  decodeAll(source, isBreak, (units, at) => ({ unit: undefined, end: afterBreak(units, at) }))

function isBreak(unit: number): boolean {
  return unit === LF || unit === CR || unit === 0x2028 || unit === 0x2029
}

function afterBreak(units: Uint16Array, at: number): number {
  let end = at + 1
  while (units[end] === SPACE || units[end] === TAB) end += 1
  return end
}
