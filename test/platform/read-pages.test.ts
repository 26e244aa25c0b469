import { describe, expect, it } from 'vitest'
import { readPages, type ListPage } from '../../src/platform/read-pages.ts'

/** Returns the page of each number, counted from 0, and the last one again after its end. */
function listOf(...pages: ListPage<string>[]) {
  const asked: (string | undefined)[] = []
  const read = (token: string | undefined): Promise<ListPage<string>> => {
    const page = pages[Math.min(asked.length, pages.length - 1)]
    asked.push(token)
    return Promise.resolve(page ?? { items: [], next: undefined })
  }
  return { asked, read }
}

describe('a list of a cloud that comes in pages', () => {
  it.each([undefined, null, ''])('is read up to the page without a next one: %j', async (next) => {
    const { asked, read } = listOf({ items: ['a'], next: 'two' }, { items: ['b'], next })
    expect(await readPages(read, { most: 9 })).toEqual({ items: ['a', 'b'] })
    expect(asked).toEqual([undefined, 'two'])
  })

  it('is read further after an empty page with a next one', async () => {
    const pages = [
      { items: null, next: 'two' },
      { items: [], next: 'three' },
      { items: ['c'], next: '' },
    ]
    expect(await readPages(listOf(...pages).read, { most: 9 })).toEqual({ items: ['c'] })
  })

  it('ends at a page that names itself, or an earlier one, as the next', async () => {
    const itself = listOf({ items: ['a'], next: 'two' })
    expect(await readPages(itself.read, { most: 9 })).toMatchObject({
      cut: expect.stringContaining('read already'),
    })
    expect(itself.asked).toEqual([undefined, 'two'])
    const circle = listOf(
      { items: [], next: 'two' },
      { items: [], next: 'three' },
      { items: [], next: 'two' },
    )
    expect(await readPages(circle.read, { most: 9 })).toHaveProperty('cut')
    expect(circle.asked).toHaveLength(3)
  })

  it("ends after the caller's maximum of pages, and reports that there are more", async () => {
    let count = 0
    const read = () => Promise.resolve({ items: [count], next: String((count += 1)) })
    expect(await readPages(read, { most: 3 })).toEqual({ items: [0, 1, 2], cut: 'more pages than are read' })
  })

  it('is not read further after enough items', async () => {
    const { asked, read } = listOf({ items: ['a', 'b'], next: 'two' }, { items: ['c'], next: 'three' })
    expect(await readPages(read, { most: 9, enough: 2 })).toMatchObject({ items: ['a', 'b'] })
    expect(asked).toHaveLength(1)
  })
})
