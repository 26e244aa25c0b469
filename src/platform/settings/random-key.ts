/** The least entropy of a key that encrypts what others store. */
const LEAST_BITS = 128
const BITS = { hex: 4, base64: 6 }
/** A substring of this length occurs twice in one of more than a million random keys. */
const REPEATED = 8

/**
 * Whether a key looks as if it were drawn at random: hexadecimal digits or base64 of at least 128 bits, without the
 * marks of words, runs and repetitions. It refuses less than one in a thousand random keys of 16 bytes, and almost none
 * of 32 bytes.
 */
export function isRandomKey(key: string): boolean {
  const text = key.replace(/={1,2}$/, '')
  const form = /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text) ? 'hex' : /^[\w+/-]+$/.test(text) ? 'base64' : undefined
  if (form === undefined || text.length * BITS[form] < LEAST_BITS - BITS[form] + 1) return false
  return hasClasses(text, form) && isVaried(text) && !repeats(text)
}

const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[+/_-]/]

/** Random base64 changes between small letters, capitals and digits at two of three places; words do so at few. */
function hasClasses(text: string, form: keyof typeof BITS): boolean {
  if (form === 'hex') return /\d/.test(text) && /[a-f]/i.test(text)
  const classes = Array.from(text).map((character) => CLASSES.findIndex((one) => one.test(character)))
  return (
    classes.includes(0) &&
    classes.includes(1) &&
    countPairs(classes, (one, next) => one !== next) >= 0.3 * classes.length
  )
}

/** Enough different characters, and few of them next to their neighbours in the alphabet, such as in `abcdef` or `aaaa`. */
function isVaried(text: string): boolean {
  const codes = Array.from(text).map((character) => character.charCodeAt(0))
  const neighbours = countPairs(codes, (one, next) => Math.abs(one - next) <= 1)
  return new Set(codes).size >= 8 && neighbours <= codes.length / 2
}

function countPairs(list: readonly number[], isCounted: (one: number, next: number) => boolean): number {
  return list.slice(1).filter((next, index) => isCounted(list[index] ?? next, next)).length
}

function repeats(text: string): boolean {
  const seen = new Set<string>()
  for (let at = 0; at + REPEATED <= text.length; at += 1) {
    const part = text.slice(at, at + REPEATED).toLowerCase()
    if (seen.has(part)) return true
    seen.add(part)
  }
  return false
}
