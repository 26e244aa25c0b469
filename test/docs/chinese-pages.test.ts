import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { servedProviders } from '../../src/providers/registry.ts'

/** A Chinese page has the structure, the commands and the names of its English page, so that neither is changed alone. */

const ROOT = join(import.meta.dirname, '../..')
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')
const pagesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  )

const translated = pagesIn('docs/zh-CN').sort()
const pairs = [
  { english: 'README.md', chinese: 'README.zh-CN.md' },
  ...translated.map((name) => ({ english: `docs/${name}`, chinese: `docs/zh-CN/${name}` })),
]
/** The Chinese lists of all properties are on one page, which has its own structure. */
const alike = pairs.filter(({ chinese }) => chinese !== 'docs/zh-CN/properties.md')

const BLOCK = /```[^]*?```/g
/** The lists of properties on the page of a resource type. The Chinese one refers to the page of properties instead. */
const PROPERTY_LIST = /^<!-- generated: (?!example)\w+ -->$[^]*?^<!-- end -->$/gm
const proseOf = (text: string): string => text.replaceAll(PROPERTY_LIST, '').replaceAll(BLOCK, '')
const levelsOf = (text: string): string[] =>
  [...proseOf(text).matchAll(/^(#+) /gm)].map(([, level = '']) => level)
const itemsOf = (text: string): string[] =>
  [...proseOf(text).matchAll(/^( *(?:-|\d+\.)) /gm)].map(([, item = '']) => item)
const rowsOf = (text: string): string[] =>
  proseOf(text)
    .split('\n')
    .filter((line) => line.startsWith('|'))
const namesIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).sort()
/** How many paragraphs, lists, tables and blocks each section has, without its properties and what refers to them. */
const paragraphsIn = (text: string): number[] =>
  text
    .replaceAll(PROPERTY_LIST, '')
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(BLOCK, 'block')
    .split(/^#+ /m)
    .map((section) => section.split(/\n\s*\n/).filter(isParagraph).length)
const isParagraph = (text: string): boolean =>
  text.trim() !== '' && !/^\s*(?:\[[\w-]+\]:|\[属性列表\]|These, and the |These are also )/.test(text)
const settingsIn = (text: string): string[] =>
  [...new Set([...proseOf(text).matchAll(/\b[A-Z][A-Z\d]*_[A-Z\d_]+\b/g)].map(([name]) => name))].sort()
/** Each number of two digits or more once; smaller ones are often words. */
const numbersIn = (text: string): string[] =>
  [
    ...new Set(
      [
        ...proseOf(text)
          .replaceAll(/\]\([^)]*\)|`[^`]*`|^\[[\w-]+\]:.*|<!--.*?-->/gm, '')
          .matchAll(/(?<![\w.])\d[\d,.]*\d/g),
      ].map(([number]) => number),
    ),
  ].sort()
/** The last part of each external address: a vendor's pages in another language are on other hosts. */
const addressesIn = (text: string): string[] =>
  [...proseOf(text).matchAll(/\]\((https?:[^)\s]+)\)|^\[[\w-]+\]:\s+(https?:\S+)$/gm)]
    .map(([, inline, defined]) => inline ?? defined ?? '')
    .map((address) => address.replace(/\/$/, '').split('/').at(-1) ?? '')
    .sort()
const factsOfRow = (row: string): object => ({
  names: namesIn(row),
  numbers: numbersIn(row),
  addresses: addressesIn(row),
})

/** Without comments and the labels of diagrams, which are translated. */
const commandsIn = (text: string): string[] =>
  [...text.matchAll(BLOCK)]
    .map(([block]) => block)
    .filter((block) => !block.startsWith('```mermaid'))
    .map((block) => block.replaceAll(/\s+#\s.*$/gm, ''))

describe('the Chinese pages', () => {
  it('are the translations of all English pages', () => {
    const english = pagesIn('docs').filter((name) => !name.startsWith('zh-CN'))
    expect(translated).toEqual(english.sort())
  })

  it.each(pairs)('$chinese and its English page refer to each other below the title', (pair) => {
    const from = (page: string, other: string): string => relative(dirname(page), other)
    const { english, chinese } = pair
    expect(textOf(chinese).split('\n')[2]).toBe(`[English](${from(chinese, english)}) | 简体中文`)
    expect(textOf(english).split('\n')[2]).toBe(`English | [简体中文](${from(english, chinese)})`)
  })

  it.each(pairs)('$chinese refers to Chinese pages where there are any', ({ chinese }) => {
    const links = [...textOf(chinese).matchAll(/(?<!\[English)\]\((?![a-z]+:)([^)#\s]+)/g)]
    const targets = links.map(([, target = '']) => relative('docs', join(dirname(chinese), target)))
    expect(targets.filter((target) => translated.includes(target))).toEqual([])
  })

  it.each(pairs)('$chinese has the Chinese comma between the names of a list', ({ chinese }) => {
    expect(proseOf(textOf(chinese)).match(/.*[`)）],(?: +[`[]| +\||$).*/gm)).toBeNull()
  })

  it.each(pairs)('$chinese addresses the reader as Alibaba Cloud does', ({ chinese }) => {
    expect(textOf(chinese)).not.toContain('你')
  })
})

describe.each(alike)('$chinese', ({ english, chinese }) => {
  const source = textOf(english)
  const translation = textOf(chinese)

  it('has the headings of the English page, one for one', () => {
    expect(levelsOf(translation)).toEqual(levelsOf(source))
  })

  it('has the list items and steps of the English page, one for one', () => {
    expect(itemsOf(translation)).toEqual(itemsOf(source))
  })

  it('has the paragraphs of the English page, one for one', () => {
    expect(paragraphsIn(translation)).toEqual(paragraphsIn(source))
  })

  it('has the same numbers', () => {
    expect(numbersIn(translation)).toEqual(numbersIn(source))
  })

  it('has the same commands and templates', () => {
    expect(commandsIn(translation)).toEqual(commandsIn(source))
  })

  it('has the same rows in its tables, with the same names, numbers and links in each', () => {
    expect(rowsOf(translation).map(factsOfRow)).toEqual(rowsOf(source).map(factsOfRow))
  })

  it('has links to the same external pages, in either language', () => {
    expect(addressesIn(translation)).toEqual(addressesIn(source))
  })

  it('names the same settings', () => {
    expect(settingsIn(translation)).toEqual(settingsIn(source))
  })

  it('is written in Chinese', () => {
    const paragraphs = proseOf(translation)
      .replaceAll(/^\[[\w-]+\]:\s.*$/gm, '')
      .split('\n\n')
      .filter((text) => text.length > 60)
    expect(paragraphs.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
  })
})

it('the Chinese page of settings has the same settings, each with the same default', () => {
  const settings = (page: string): string[][] =>
    proseOf(textOf(page))
      .split(/^(?=- |#)/m)
      .filter((item) => item.startsWith('- '))
      .map(namesIn)
  expect(settings('docs/zh-CN/settings.md')).toEqual(settings('docs/settings.md'))
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

/** The depth of the item, the names in code font and the numbers. */
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
