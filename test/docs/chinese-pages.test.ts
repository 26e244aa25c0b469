import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { servedProviders } from '../../src/providers/registry.ts'

/** A Chinese page has the structure, the commands and the names of its English page, so that neither is changed alone. */

const ROOT = join(import.meta.dirname, '../..')
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')
const pairs = [
  { english: 'README.md', chinese: 'README.zh-CN.md' },
  ...readdirSync(join(ROOT, 'docs/zh-CN'))
    .filter((name) => name !== 'properties.md')
    .map((name) => ({ english: `docs/${name}`, chinese: `docs/zh-CN/${name}` })),
]

const BLOCK = /```[^]*?```/g
const proseOf = (text: string): string => text.replaceAll(BLOCK, '')
const levelsOf = (text: string): string[] =>
  [...proseOf(text).matchAll(/^(#+) /gm)].map(([, level = '']) => level)
const rowsOf = (text: string): string[] =>
  proseOf(text)
    .split('\n')
    .filter((line) => line.startsWith('|'))
const namesIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).sort()
const settingsIn = (text: string): string[] =>
  [...new Set([...proseOf(text).matchAll(/\b[A-Z][A-Z\d]*_[A-Z\d_]+\b/g)].map(([name]) => name))].sort()

/** Without comments and the labels of diagrams, which are translated. */
const commandsIn = (text: string): string[] =>
  [...text.matchAll(BLOCK)]
    .map(([block]) => block)
    .filter((block) => !block.startsWith('```mermaid'))
    .map((block) => block.replaceAll(/\s+#\s.*$/gm, ''))

describe.each(pairs)('$chinese', ({ english, chinese }) => {
  const source = textOf(english)
  const translation = textOf(chinese)

  it('has the headings of the English page, one for one', () => {
    expect(levelsOf(translation)).toEqual(levelsOf(source))
  })

  it('shows the same commands and templates', () => {
    expect(commandsIn(translation)).toEqual(commandsIn(source))
  })

  it('has the same rows in its tables, with the same names in each', () => {
    expect(rowsOf(translation).map(namesIn)).toEqual(rowsOf(source).map(namesIn))
  })

  it('names the same settings', () => {
    expect(settingsIn(translation)).toEqual(settingsIn(source))
  })

  it('is written in Chinese', () => {
    const paragraphs = proseOf(translation)
      .split('\n\n')
      .filter((text) => text.length > 60)
    expect(paragraphs.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
  })
})

describe('the Chinese page of properties', () => {
  const [, common = '', ...sections] = textOf('docs/zh-CN/properties.md').split(/^## /m)

  it('has a section for each resource type', () => {
    const types = sections.flatMap((section) => /^.*：`(.*)`$/m.exec(section)?.[1] ?? [])
    expect(types.sort()).toEqual(servedProviders.map(({ resourceTypes: [type] }) => type).sort())
    expect(sections.length).toBe(types.length)
  })

  it('has the properties of docs/properties.md, with the same values and limits', () => {
    const items = propertyItemsOf(textOf('docs/properties.md'))
    expect(items.length).toBeGreaterThan(0)
    expect(propertyItemsOf(common).map(factsIn)).toEqual(items.map(factsIn))
  })

  it.each(servedProviders.map(({ folder, resourceTypes: [type] }) => ({ folder, type })))(
    'has the properties of $type, with the same values and limits',
    ({ folder, type }) => {
      const items = propertyItemsOf(generatedIn(textOf(`docs/providers/${folder}.md`)))
      const section = sections.find((one) => one.split('\n')[0]?.endsWith(`：\`${type}\``))
      expect(items.length).toBeGreaterThan(0)
      expect(propertyItemsOf(section ?? '').map(factsIn)).toEqual(items.map(factsIn))
    },
  )
})

/** The parts of a page that are written from the sources. */
function generatedIn(page: string): string {
  return [...page.matchAll(/^<!-- generated: \w+ -->$([^]*?)^<!-- end -->$/gm)]
    .map(([, block = '']) => block)
    .join('\n')
}

/** The items of the lists of properties, each with its indentation, on one line. */
function propertyItemsOf(text: string): string[] {
  return proseOf(text)
    .split(/\n(?=\n| *- |#)/)
    .map((item) => item.replace(/^\n+/, '').replaceAll(/\n */g, ' '))
    .filter((item) => /^ *- `\w+` ?[(（]/.test(item))
}

/** How deep the item is, the names in code font and the numbers. */
function factsIn(item: string): object {
  return {
    depth: item.indexOf('-'),
    name: namesIn(item.split(/[(（]/)[0] ?? ''),
    names: namesIn(item),
    numbers: [...item.replaceAll(/`[^`]*`/g, '').matchAll(/\d+(?:,\d{3})*/g)]
      .map(([number]) => number)
      .sort(),
  }
}
