import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const rows = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))

describe('the glossary', () => {
  it('defines each term once, in alphabetical order', () => {
    const terms = rows.map(([, term = '']) => term.toLowerCase())
    expect(terms.length).toBeGreaterThan(0)
    expect(terms).toEqual([...new Set(terms)].sort())
  })

  it('names only files that exist', () => {
    const files = rows.flatMap(([, , , where = '']) =>
      [...where.matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].map(([, file = '']) => file),
    )
    expect(files.length).toBeGreaterThan(0)
    expect(
      files.filter((file) => !['', 'src'].some((folder) => existsSync(join(ROOT, folder, file)))),
    ).toEqual([])
  })
})
