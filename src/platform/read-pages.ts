/** One page of a list. `next`: names the next page; absent or empty after the last one. */
export interface ListPage<Item> {
  readonly items: readonly Item[] | null | undefined
  readonly next: string | null | undefined
}

/** `cut`: why these may not be all items; absent where they are. */
export interface ReadList<Item> {
  readonly items: readonly Item[]
  readonly cut?: string
}

interface Bounds {
  readonly most: number
  readonly enough?: number
}

/**
 * Reads a list page by page: to its end, to `most` pages, or until there are `enough` items. Clouds may answer an empty page that
 * names a next one, but none names a page a second time: such a list has no end. `undefined`: `read` says that what has the list
 * does not exist.
 */
export function readPages<Item>(
  read: (token: string | undefined) => Promise<ListPage<Item>>,
  bounds: Bounds,
): Promise<ReadList<Item>>
export function readPages<Item>(
  read: (token: string | undefined) => Promise<ListPage<Item> | undefined>,
  bounds: Bounds,
): Promise<ReadList<Item> | undefined>
export async function readPages<Item>(
  read: (token: string | undefined) => Promise<ListPage<Item> | undefined>,
  { most, enough = Infinity }: Bounds,
): Promise<ReadList<Item> | undefined> {
  const items: Item[] = []
  const named = new Set<string>()
  let token: string | undefined
  for (let count = 0; count < most && items.length < enough; count += 1) {
    const page = await read(token)
    if (page === undefined) return undefined
    items.push(...(page.items ?? []))
    token = page.next ?? ''
    if (token === '') return { items }
    if (named.has(token)) return { items, cut: 'a page names one that was read already as the next' }
    named.add(token)
  }
  return { items, cut: 'more pages than are read' }
}
