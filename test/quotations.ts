/** How others write a text into theirs: clouds, proxies and libraries, in messages that quote what they were sent. */
export const QUOTATIONS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  json: (text) => inside(JSON.stringify(text)),
  'json in json': (text) => inside(JSON.stringify(inside(JSON.stringify(text)))),
  'json as Python writes it': (text) => ascii(inside(JSON.stringify(text))),
  url: encodeURIComponent,
  'url, without its slashes': (text) => encodeURIComponent(text).replaceAll('%2F', '/'),
  'url, in small letters': (text) =>
    encodeURIComponent(text).replaceAll(/%../g, (byte) => byte.toLowerCase()),
  html: (text) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
}

/** The quotations of a text that `quoting` contains; in base64, at any position. */
export function quotationsIn(quoting: string, text: string): string[] {
  const plain = Object.entries(QUOTATIONS).filter(([, quote]) => quoting.includes(quote(text)))
  const encoded = [0, 1, 2].filter((before) => quoting.includes(innerBase64(text, before)))
  return [...plain.map(([form]) => form), ...encoded.map((before) => `base64 after ${String(before)}`)]
}

/** What of a text's base64 does not depend on its neighbours, of which there are `before` bytes (modulo 3). */
function innerBase64(text: string, before: number): string {
  const bytes = Buffer.from(text)
  const skipped = (3 - before) % 3
  const whole = bytes.subarray(skipped, skipped + 3 * Math.floor((bytes.length - skipped) / 3))
  return whole.toString('base64')
}

function inside(quoted: string): string {
  return quoted.slice(1, -1)
}

function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
