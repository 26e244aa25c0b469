/** Masking shorter values would make texts unreadable in which they occur by chance. */
export const SHORTEST_SECRET = 4
/** Shorter lines of a secret, such as `fi` or `set -e`, are not masked by themselves. */
const SHORTEST_LINE = 8

const LINE_BREAKS = /\r\n?|[\n\u2028\u2029]/g

/**
 * The texts for which a decoded text is searched, to find `value`: as it is, with other line breaks or none, each of its
 * lines, its bytes in UTF-8 and UTF-16 as characters, other Unicode normal forms, and with quotes doubled as in YAML, SQL, CSV and shells.
 * `textViews` decodes all other spellings.
 */
export function formsOf(value: string): readonly string[] {
  const forms = new Set([value, value.trim()])
  if (NUMBER.test(value)) for (const form of spellingsOf(Number(value))) forms.add(form)
  for (const form of linesOf(value)) forms.add(form)
  for (const form of quotedForms(value)) forms.add(form)
  if (/[^\x00-\x7f]/.test(value))
    for (const form of [...forms])
      for (const normal of [form, form.normalize('NFC'), form.normalize('NFD')]) {
        forms.add(normal)
        forms.add(Buffer.from(normal).toString('latin1'))
        // Decoded bytes have no zeros: half of UTF-16 are.
        forms.add(Buffer.from(normal, 'utf16le').toString('latin1').replaceAll('\0', ''))
      }
  return [...forms].filter((form) => form.length >= SHORTEST_SECRET)
}

const NUMBER = /^-?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?$/
/** Shorter ones with an exponent, such as `1e+06`, are those of many numbers. */
const SHORTEST_WITH_EXPONENT = 8

/**
 * What programs write that have read a number as a double: `12345678.0` as `12345678`, and 20 digits as
 * `1.2345678901234567e+19` (Python, Go), `1.2345678901234567E19` (Java), `1.23457e+19` (`%g`), or as all of a double's digits.
 */
function* spellingsOf(number: number): Generator<string> {
  if (!Number.isFinite(number)) return
  yield String(number)
  if (Number.isInteger(number)) yield String(BigInt(number))
  for (const scientific of [number.toExponential(), withoutZeros(number.toExponential(5))]) {
    const [digits = '', exponent = ''] = scientific.split('e')
    const sign = exponent.slice(0, 1)
    const places = exponent.slice(1)
    const bare = sign === '-' ? exponent : places
    for (const form of [
      `${digits}e${sign}${places.padStart(2, '0')}`,
      scientific,
      `${digits}e${bare}`,
      `${digits}E${bare}`,
      `${digits}E${sign}${places.padStart(2, '0')}`,
    ])
      if (form.length >= SHORTEST_WITH_EXPONENT) yield form
  }
}

/** `1.50000e+9` as `1.5e+9`. */
function withoutZeros(scientific: string): string {
  return scientific.replace(/(?:\.0+|(\.\d*?[1-9])0+)e/, '$1e')
}

function linesOf(value: string): readonly string[] {
  const lines = value.split(LINE_BREAKS)
  if (lines.length === 1) return []
  const trimmed = lines.map((line) => line.trim())
  return [
    lines.join('\n'),
    lines.join('\r\n'),
    // What `textViews` makes of a text with line breaks.
    trimmed.join(''),
    ...trimmed.filter((line) => line.length >= SHORTEST_LINE),
  ]
}

function* quotedForms(value: string): Generator<string> {
  // In a query, a space is a plus sign: decoding makes each plus sign a space.
  if (value.includes('+')) yield value.replaceAll('+', ' ')
  if (value.includes('"')) yield value.replaceAll('"', '""')
  if (!value.includes("'")) return
  for (const quote of ["''", "'\\''", `'"'"'`]) yield value.replaceAll("'", quote)
}
