const SHORTEST_ENCODED = 16
const ENCODED = /[A-Za-z0-9+/_-]{16,}={0,2}/g
/** Base64 of a whole text may be wrapped. */
const WHOLE = /^[A-Za-z0-9+/_\s-]+={0,2}$/

/** The texts that stand in a text in base64: user data, values of Kubernetes secrets, commands of PowerShell. */
export function decodedTexts(text: string): string[] {
  if (text.length < SHORTEST_ENCODED / 2) return []
  const whole = WHOLE.test(text.trim()) ? decoded(text) : undefined
  if (whole !== undefined) return [whole]
  return [...text.matchAll(ENCODED)].flatMap(([part]) => decoded(part) ?? [])
}

function decoded(encoded: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64')
  const text = bytes[1] === 0 ? bytes.toString('utf16le') : bytes.toString()
  return isPrintable(text) ? text : undefined
}

/** Text, with perhaps a damaged character, not the bytes that other characters give by chance. */
function isPrintable(text: string): boolean {
  return text.length >= 4 && !/[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd]/.test(text)
}
