/** The text of the first element of this name; `undefined` if there is none. The element must contain only text. */
export function textOf(xml: string, element: string): string | undefined {
  const found = findElement(xml, element, 0)
  if (found === undefined) return undefined
  const content = xml.slice(found.contentStart, found.contentEnd)
  const trimmed = content.trim()
  const literal = trimmed.slice(CDATA_START.length)
  if (trimmed.startsWith(CDATA_START) && literal.endsWith(CDATA_END))
    return literal.slice(0, -CDATA_END.length)
  return content.replaceAll(ENTITY, (entity, name: string) => characterOf(name) ?? entity)
}

/** All elements of this name, with their tags. */
export function elementsOf(xml: string, element: string): readonly string[] {
  const elements: string[] = []
  let found = findElement(xml, element, 0)
  while (found !== undefined) {
    elements.push(xml.slice(found.start, found.end))
    found = findElement(xml, element, found.end)
  }
  return elements
}

const CDATA_START = '<![CDATA['
const CDATA_END = ']]>'

interface FoundElement {
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
}

/** Each search continues where the last one ended. A regular expression would search the rest once for each start tag. */
function findElement(xml: string, element: string, from: number): FoundElement | undefined {
  const opening = `<${element}`
  const closing = `</${element}>`
  let start = xml.indexOf(opening, from)
  while (start !== -1 && !/[\s>]/.test(xml.charAt(start + opening.length)))
    start = xml.indexOf(opening, start + 1)
  if (start === -1) return undefined
  const contentStart = xml.indexOf('>', start) + 1
  if (contentStart === 0) return undefined
  const contentEnd = xml.indexOf(closing, contentStart)
  return contentEnd === -1 ? undefined : { start, contentStart, contentEnd, end: contentEnd + closing.length }
}

const ENTITY = /&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name]
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
