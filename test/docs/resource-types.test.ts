import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GENERIC_TYPE, servedProviders } from '../../src/providers/registry.ts'

/** The pages list what the registry serves, no more and no less. */

const ROOT = join(import.meta.dirname, '../..')
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')
const pageOf = (folder: string): string => `docs/providers/${folder}.md`
const readme = textOf('README.md')

describe.each(servedProviders)('the service $name', ({ name, folder, resourceTypes }) => {
  it('has a page that begins with its resource type, and lists every other name for it', () => {
    const [first, ...others] = resourceTypes
    const page = textOf(pageOf(folder))
    expect(page).toMatch(new RegExp(`^# .*: \`${first}\`\n`))
    for (const type of others) expect(page).toContain(`\`${type}\``)
    expect(page).toContain(`\`${GENERIC_TYPE}\``)
    expect(page).toMatch(new RegExp(`\`Provider:\\s${name}\``))
  })

  it('has a row in the table of the README, with its page', () => {
    const [first] = resourceTypes
    const row = readme.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${first}\``))
    expect(row).toContain(`](${pageOf(folder)})`)
  })

  it('is among the pages that the page on owning a stack leads to', () => {
    expect(textOf('docs/own-a-stack.md')).toContain(`](${pageOf(folder).replace('docs/', '')})`)
  })

  it('has an example event', () => {
    expect(existsSync(join(ROOT, 'examples/events', folder, 'create.json'))).toBe(true)
  })
})

describe('no page is left', () => {
  it('of a service that is not served', () => {
    const pages = readdirSync(join(ROOT, 'docs/providers'), { recursive: true, encoding: 'utf8' })
    const served = servedProviders.map(({ folder }) => `${folder}.md`)
    expect(pages.filter((page) => page.endsWith('.md')).sort()).toEqual(served.sort())
  })

  it('with a row for a resource type that is not served', () => {
    const types = servedProviders.flatMap(({ resourceTypes }) => resourceTypes)
    const rows = [...readme.matchAll(/^\|.*`(Custom::\w+)`/gm)].map(([, type = '']) => type)
    expect(rows.filter((type) => !types.includes(type))).toEqual([])
  })
})
