import type { Inflater } from './inflater.ts'

const SHORTEST_ENCODED = 16
const ENCODED = /[A-Za-z0-9+/_-]{16,}={0,2}/g
/** Base64 of a whole text may be wrapped. */
const WHOLE = /^[A-Za-z0-9+/_\s-]+={0,2}$/
/** Base64 of gzip's first three bytes. */
const COMPRESSED = 'H4sI'
/** Characters of a compressed text that are masked where one quotes it; no quotation is longer. */
const LONGEST_COMPRESSED = 64 * 1024
/** Characters of a piece of a compressed text. A shorter piece holds almost nothing. */
const PIECE = 64

export interface DecodedTexts {
  readonly texts: readonly string[]
  /** The base64 of compressed texts and its pieces: it hides what they hold, and says nothing else to a reader. */
  readonly compressed: readonly string[]
}

const NONE: DecodedTexts = { texts: [], compressed: [] }

/** The texts that stand in a text in base64: user data, also compressed, values of Kubernetes secrets, commands of PowerShell. */
export function decodedTexts(text: string, inflater: Inflater): DecodedTexts {
  if (text.length < SHORTEST_ENCODED / 2) return NONE
  const whole = WHOLE.test(text.trim()) ? decoded(text.trim(), inflater) : NONE
  if (whole.texts.length + whole.compressed.length > 0) return whole
  const parts = [...text.matchAll(ENCODED)].map(([part]) => decoded(part, inflater))
  return {
    texts: parts.flatMap(({ texts }) => texts),
    compressed: parts.flatMap(({ compressed }) => compressed),
  }
}

function decoded(encoded: string, inflater: Inflater): DecodedTexts {
  const bytes = Buffer.from(encoded, 'base64')
  const isCompressed = encoded.startsWith(COMPRESSED)
  const plain = isCompressed ? inflater.inflate(bytes) : bytes
  const text = plain?.[1] === 0 ? plain.toString('utf16le') : plain?.toString()
  return {
    texts: text !== undefined && isPrintable(text) ? [text] : [],
    compressed: isCompressed ? partsOf(encoded.slice(0, LONGEST_COMPRESSED)) : [],
  }
}

/** The text, and the pieces of it: a message may quote the beginning only. */
function partsOf(encoded: string): string[] {
  const parts = [encoded]
  for (let at = 0; at + PIECE < encoded.length; at += PIECE) parts.push(encoded.slice(at, at + PIECE))
  return parts
}

/** Text, with perhaps a damaged character, not the bytes that other characters give by chance. */
function isPrintable(text: string): boolean {
  return text.length >= 4 && !/[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd]/.test(text)
}

/** A text that has parts in quoted-printable, as MIME may have user data, with all such escapes decoded; else `undefined`. */
export function decodedQuotedPrintable(text: string): string | undefined {
  if (!/quoted-printable/i.test(text)) return undefined
  return text
    .replaceAll(/=[ \t]{0,8}\r?\n/g, '')
    .replaceAll(/(?:=[0-9A-F]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())
}
