import { createHash } from 'node:crypto'

export function md5(text: string, encoding: 'hex' | 'base64'): string {
  return createHash('md5').update(text).digest(encoding)
}

/** An XML document of MNS. `content`: XML. */
export function document(name: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://mns.aliyuncs.com/doc/v1/">${content}</${name}>`
}

/** An element with text. Escapes `&`, `<` and `"`. */
export function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  return `<${name}>${escaped}</${name}>`
}
