/** Masking shorter values would make texts unreadable in which they occur by chance. */
export const SHORTEST_SECRET = 4

/** The forms in which a text can contain a secret: plain, JSON, URL, HTML and base64. */
export function formsOf(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1)
  const ascii = escaped.replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const bytes = Buffer.from(value)
  const inUrl = encodeURIComponent(bytes.toString())
  const forms = [
    ...[value, escaped, ascii, JSON.stringify(escaped).slice(1, -1), JSON.stringify(ascii).slice(1, -1)],
    ...[inUrl, inUrl.replaceAll('%2F', '/'), inUrl.replaceAll('%20', '+')],
    inUrl.replaceAll(/%../g, (byte) => byte.toLowerCase()),
    inHtml(value),
    ...[0, 1, 2].flatMap((before) => inBase64(bytes, before)),
  ]
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET)
}

function inHtml(value: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return value.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}

/**
 * The characters of the value's base64 that do not depend on the bytes before and after it, in both alphabets. `before`: the
 * number of bytes before it, modulo 3.
 */
function inBase64(bytes: Uint8Array, before: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(before), bytes])
  const from = Math.ceil((before * 8) / 6)
  const to = Math.floor((whole.length * 8) / 6)
  return [whole.toString('base64').slice(from, to), whole.toString('base64url').slice(from, to)]
}
