import { BASE64_DECODERS, HEX_DECODERS, LIST_DECODERS, textIn } from './byte-decoders.ts'
import {
  decodeBackslashes,
  decodeEntities,
  decodeLineBreaks,
  decodePercent,
  decodeQuotedPrintable,
  type Decoder,
} from './escape-decoders.ts'
import { viewOf, type TextView } from './text-view.ts'

/** How often encodings are decoded that stand within each other. */
const DEEPEST = 4
/** Bounds the time for a text that is made of escapes. The views are in the order of their depth. */
const MOST_VIEWS = 160

export interface DecodedView extends TextView {
  /** Whether line breaks were removed, so that words may touch that are far apart. */
  readonly isJoined: boolean
}

interface Level extends DecodedView {
  readonly isBytes: boolean
}

const ESCAPES: readonly Decoder[] = [decodePercent, decodeEntities, decodeBackslashes, decodeQuotedPrintable]
const BYTES: readonly Decoder[] = [...BASE64_DECODERS, ...HEX_DECODERS, ...LIST_DECODERS]

/**
 * A text, and what it becomes when percent encoding, entities, backslash escapes, quoted-printable, line breaks, base64,
 * hexadecimal digits and lists of bytes in it are decoded, also within each other up to four times. Takes linear time.
 */
export function* textViews(text: string): Generator<DecodedView> {
  let level: readonly Level[] = [{ ...viewOf(text), isJoined: false, isBytes: false }]
  let count = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: Level[] = []
    for (const view of level) {
      yield view
      count += 1
      if (count >= MOST_VIEWS) return
      if (depth < DEEPEST) for (const decodedView of decodedOf(view)) next.push(decodedView)
    }
    // Escapes first: they are more frequent than base64 in base64.
    level = [...next.filter(({ isBytes }) => !isBytes), ...next.filter(({ isBytes }) => isBytes)]
  }
}

function* decodedOf(view: Level): Generator<Level> {
  const { isJoined } = view
  const source = view.isBytes ? textIn(view) : view
  if (source === undefined) return
  for (const decode of ESCAPES) {
    const decoded = decode(source)
    if (decoded !== undefined) yield { ...decoded, isJoined, isBytes: false }
  }
  if (isJoined) return
  const joined = decodeLineBreaks(source)
  if (joined !== undefined) yield { ...joined, isJoined: true, isBytes: false }
  // They ignore white space themselves.
  for (const decode of BYTES) {
    const decoded = decode(source)
    if (decoded !== undefined) yield { ...decoded, isJoined: false, isBytes: true }
  }
}
