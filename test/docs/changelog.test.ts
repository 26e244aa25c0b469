import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Merges of the changelog keep the lines of both sides, so a merge can leave a rewritten part twice. */

const CHANGELOG = readFileSync(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8')

it('has each heading of a version once', () => {
  const versions = CHANGELOG.split(/^## /m).slice(1)
  expect(versions.length).toBeGreaterThan(0)
  for (const version of versions) {
    const headings: readonly string[] = version.match(/^### .*$/gm) ?? []
    expect(headings).toEqual([...new Set(headings)])
  }
})

it('mentions each change once', () => {
  const items: readonly string[] = CHANGELOG.match(/^- .*$/gm) ?? []
  expect(items.filter((item, index) => items.indexOf(item) !== index)).toEqual([])
})
