import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { propertiesOf } from '../../build/json-schemas/json-maps.ts'
import { documentedProperties, type DocumentedProperties } from '../../build/json-schemas/parameters.ts'
import { blocksOf, propertyPages } from '../../build/property-pages.ts'
import { withBlocks } from '../../build/property-lists.ts'
import { servedProviders } from '../../src/providers/registry.ts'

/** The pages of the resource types have one skeleton, and each property is described on exactly one page, from the sources. */

const DOCS = join(import.meta.dirname, '../../docs')
const textOf = (page: string): string => readFileSync(join(DOCS, page), 'utf8')
const pageOf = (folder: string): string => `providers/${folder}.md`

const SKELETON = [
  'Example',
  'Where and as whom',
  "The stack's properties",
  'How the bridge behaves',
  'Success and failure',
  'Updates and replacement',
  'Deletion',
  'Read, plan, drift, take over, diagnose',
  'Limits',
  'Access rights',
  'Known gaps',
]

/** The features that the section of the skeleton names, each with the page that explains it. */
const FEATURES = ['read-and-retain', 'plan', 'drift', 'take-over', 'diagnose']

const sectionsOf = (text: string): string[] =>
  text
    .replaceAll(/```[^]*?```/g, '')
    .split(/^## /m)
    .slice(1)

let pages: ReadonlyMap<string, string>
let services: readonly DocumentedProperties[]
beforeAll(async () => {
  pages = await propertyPages()
  services = await documentedProperties()
})

it('docs/properties.md matches the sources', () => {
  expect(textOf('properties.md')).toBe(pages.get('properties.md'))
})

describe.each(servedProviders)('the page of $name', ({ folder }) => {
  const text = textOf(pageOf(folder))

  it('has the lists and the example from the sources', () => {
    expect(text).toBe(pages.get(pageOf(folder)))
  })

  it('has the headings of the skeleton, in their order', () => {
    expect(sectionsOf(text).map((section) => section.split('\n')[0])).toEqual(SKELETON)
  })

  it('has text in each section', () => {
    const empty = sectionsOf(text).filter((section) => section.split('\n').slice(1).join('').trim() === '')
    // The example is a block of code, which is omitted here.
    expect(empty).toEqual([])
  })

  it('states for each feature whether this cloud supports it', () => {
    const section = sectionsOf(text).find((one) => one.startsWith('Read, plan,')) ?? ''
    const linked = [...section.matchAll(/^- \[[^\]]*\]\(..\/..\/([\w-]+)\.md/gm)].map(([, page]) => page)
    expect(linked).toEqual(FEATURES)
  })
})

describe('each property', () => {
  /** The names at the top of the lists of a page. */
  const listedOn = (page: string): string[] =>
    [...textOf(page).matchAll(/^- `(\w+)` \(/gm)].map(([, name = '']) => name)

  it('of each resource type is described on exactly one of its pages', () => {
    const common = listedOn('properties.md')
    expect(new Set(common).size).toBe(common.length)
    const wrong = services.flatMap(({ folder, properties }) => {
      const own = listedOn(pageOf(folder))
      // A service may give a common property another meaning, which its page describes in full.
      const twice = own.filter((name) => common.includes(name) && name !== 'OnTimeout')
      const vendor = listedOn(pageOf('huawei-cloud/rfs-stack')).concat(
        listedOn(pageOf('huawei-cloud/rfs-stack-instances')),
      )
      const others = folder.startsWith('huawei-cloud/') ? vendor : []
      const missing = Object.keys(propertiesOf(properties)).filter(
        (name) => ![...common, ...own, ...others].includes(name),
      )
      return [
        ...twice.map((name) => `${folder}: ${name} twice`),
        ...missing.map((name) => `${folder}: ${name}`),
      ]
    })
    expect(wrong).toEqual([])
  })

  it('is described nowhere in a table', () => {
    const tables = readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
      // The table of the migration says what the article's function does with properties.
      .filter((name) => name.endsWith('.md') && !name.endsWith('migration.md'))
      .filter((name) => /^\| (?:property|属性) /m.test(textOf(name)))
    expect(tables).toEqual([])
  })
})

describe('withBlocks', () => {
  const page = 'a\n<!-- generated: one -->\nold\n<!-- end -->\nb\n'

  it('replaces only the text between the marks', () => {
    expect(withBlocks(page, new Map([['one', 'new']]))).toBe(
      'a\n<!-- generated: one -->\n\nnew\n\n<!-- end -->\nb\n',
    )
  })

  it('refuses a page without a block, and a block without content', () => {
    expect(() => withBlocks('a\n', new Map([['one', 'new']]))).toThrow("The page has no block 'one'")
    expect(() => withBlocks(page, new Map())).toThrow("Nothing is generated for the block 'one'")
  })

  it('gets the blocks of a service from its schema, with the inner properties of a map below it', () => {
    const aos = services.find(({ folder }) => folder === 'huawei-cloud/aos-stack')
    const stack = (aos && blocksOf(aos).get('stack')) ?? ''
    expect(stack.split('\n').filter((line) => line.includes('`ActionParameters`'))).toEqual([
      "  - `ActionParameters` (map): How AOS runs the stack's lifecycle.",
    ])
    expect(stack).toContain('    - `FailureStrategy` (`DoNothing`, `Rollback`): ')
  })
})
