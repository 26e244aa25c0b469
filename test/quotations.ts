/** The encodings in which clouds, proxies and libraries quote a request in their messages. */
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
  'html as Python escapes it': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
  'xml in numbers': (text) => each(text, (point) => `&#${String(point)};`),
  'xml with named apostrophes': (text) =>
    text.replaceAll('&', '&amp;').replaceAll("'", '&apos;').replaceAll('"', '&quot;'),
  'url as RFC 3986 wants it': (text) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (unit) => `%${unit.charCodeAt(0).toString(16)}`),
  'url, all of it': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'url twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  form: (text) => String(new URLSearchParams({ v: text })).slice(2),
  'json with escaped slashes': (text) => inside(JSON.stringify(text)).replaceAll('/', '\\/'),
  'json in a url': (text) => encodeURIComponent(inside(JSON.stringify(text))),
  'json in html': (text) => inside(JSON.stringify(text)).replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
  "Python's repr": (text) =>
    text
      .replaceAll('\\', '\\\\')
      .replaceAll("'", "\\'")
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t'),
  "Python's repr of bytes": (text) =>
    [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  octal: (text) => [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  'u and braces': (text) => each(text, (point) => `\\u{${point.toString(16)}}`),
  'U and eight digits': (text) => each(text, (point) => `\\U${point.toString(16).padStart(8, '0')}`),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'base64 over lines': (text) =>
    Buffer.from(text)
      .toString('base64')
      .replaceAll(/(.{8})/g, '$1\r\n  '),
  'base64 of base64': (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  'base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'base64 in a url': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  'quoted-printable': (text) => quotedPrintable(text),
  'quoted-printable over lines': (text) => quotedPrintable(text).replaceAll(/((?:=..|[^=]){5})/g, '$1=\r\n'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  // Without the closing bracket.
  'bytes as Node shows a buffer': (text) => listed(text, ' '),
  'bytes with colons': (text) => listed(text, ':').toUpperCase(),
  'bytes as C has them': (text) => `0x${listed(text, ', 0x')}`,
  'bytes as Go prints them': (text) => `[${[...Buffer.from(text)].join(' ')}`,
  'bytes as JSON has a buffer': (text) => `[${[...Buffer.from(text)].join(',')}`,
  'bytes as Java prints them': (text) => `[${[...new Int8Array(Buffer.from(text))].join(', ')}`,
  'hexadecimal in capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
}

/** The quotations of a text that `quoting` contains; in base64, at any position. */
export function quotationsIn(quoting: string, text: string): string[] {
  const plain = Object.entries(QUOTATIONS).filter(([, quote]) => quoting.includes(quote(text)))
  const encoded = [0, 1, 2].filter((before) => quoting.includes(innerBase64(text, before)))
  return [...plain.map(([form]) => form), ...encoded.map((before) => `base64 after ${String(before)}`)]
}

/** The part of a text's base64 that does not depend on the `before` bytes before it (modulo 3) or on the following text. */
function innerBase64(text: string, before: number): string {
  const bytes = Buffer.from(text)
  const skipped = (3 - before) % 3
  const whole = bytes.subarray(skipped, skipped + 3 * Math.floor((bytes.length - skipped) / 3))
  return whole.toString('base64')
}

function quotedPrintable(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      byte > 32 && byte < 127 && byte !== 61
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')
}

function listed(text: string, separator: string): string {
  return [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(separator)
}

function inside(quoted: string): string {
  return quoted.slice(1, -1)
}

function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function each(text: string, write: (point: number) => string): string {
  return Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('')
}
