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
  /** The sections in their order, each with the English page that it translates the tables of. */
  const ENGLISH = [
    'read-and-retain',
    'take-over',
    'providers/aws/cloudformation',
    'providers/openstack/heat',
    'providers/huawei-cloud/rfs-stack',
    'providers/huawei-cloud/rfs-stack-set',
    'providers/huawei-cloud/rfs-stack-instances',
    'providers/huawei-cloud/aos-stack',
    'providers/alibaba-cloud/ros',
  ]
  const [, ...sections] = textOf('docs/zh-CN/properties.md').split(/^## /m)

  it('has a section for each resource type', () => {
    const types = sections.flatMap((section) => /^.*：`(.*)`$/m.exec(section)?.[1] ?? [])
    expect(types.sort()).toEqual(servedProviders.map(({ resourceTypes: [type] }) => type).sort())
    expect(sections.length).toBe(ENGLISH.length)
  })

  it.each(ENGLISH.map((name, index) => ({ page: `docs/${name}.md`, section: sections[index] ?? '' })))(
    'has the properties of $page, with the same values and limits',
    ({ page, section }) => {
      const rows = propertyRowsOf(textOf(page))
      expect(rows.length).toBeGreaterThan(0)
      expect(propertyRowsOf(section).map(factsIn)).toEqual(rows.map(factsIn))
    },
  )
})

/** The rows of the tables whose first column has properties. */
function propertyRowsOf(text: string): string[] {
  return proseOf(text)
    .split('\n\n')
    .filter((block) => /^\| (property|属性) /.test(block))
    .flatMap((block) => block.split('\n').slice(2))
    .filter((line) => line.startsWith('|'))
}

/** The names in code font and the numbers of a row. */
function factsIn(row: string): object {
  return {
    names: namesIn(row),
    numbers: [...row.replaceAll(/`[^`]*`/g, '').matchAll(/\d+(?:,\d{3})*/g)].map(([number]) => number).sort(),
  }
}
