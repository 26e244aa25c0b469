import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quotedPolling } from '../../bench/polling/polling.ts'
import { quotingPages, readFigures } from '../../bench/report/write-quotes.ts'
import { QUOTES, withQuotes } from '../../bench/report/quotes.ts'

/** Pages quote the figures of bench/results.json; the simulated ones must match the code. */

const ROOT = join(import.meta.dirname, '../..')
const pages = await quotingPages()
const figures = await readFigures()

describe('the figures of the last run of the benchmark', () => {
  it.each([...pages])('are quoted in %s; npm run figures writes them', (page, written) => {
    expect(readFileSync(join(ROOT, page), 'utf8')).toBe(written)
  })

  it('match the current poll schedule if they are simulated; npm run bench writes them', () => {
    const now = { ...figures, ...quotedPolling() }
    const page = 'docs/architecture.md'
    expect(withQuotes(page, pages.get(page) ?? '', now)).toBe(
      withQuotes(page, pages.get(page) ?? '', figures),
    )
  })
})

describe('a page that quotes figures', () => {
  const page = 'docs/operations.md'
  const text = pages.get(page) ?? ''

  it('is refused if a part lacks its marker', () => {
    expect(() => withQuotes(page, text.replace('<!-- end of figures -->', ''), figures)).toThrow(
      'has no part between',
    )
  })

  it('is refused if it has a part that nothing writes', () => {
    const more = `${text}\n<!-- figures: other -->\n`
    expect(() => withQuotes(page, more, figures)).toThrow('has 2 parts with figures instead of 1')
  })

  it('exists for each quotation', () => {
    expect([...pages.keys()]).toEqual(Object.keys(QUOTES))
  })
})
