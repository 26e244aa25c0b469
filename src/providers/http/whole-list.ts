import { readPages, type ListPage } from '../../platform/read-pages.ts'
import { CloudError } from '../provider.ts'

/**
 * All items of a list that is of no use in part; `undefined` where `read` answers so. Throws a `CloudError` where it does not end
 * within `most` pages.
 */
export function wholeList<Item>(
  action: string,
  most: number,
  read: (token: string | undefined) => Promise<ListPage<Item>>,
): Promise<readonly Item[]>
export function wholeList<Item>(
  action: string,
  most: number,
  read: (token: string | undefined) => Promise<ListPage<Item> | undefined>,
): Promise<readonly Item[] | undefined>
export async function wholeList<Item>(
  action: string,
  most: number,
  read: (token: string | undefined) => Promise<ListPage<Item> | undefined>,
): Promise<readonly Item[] | undefined> {
  const list = await readPages(read, { most })
  if (list?.cut !== undefined) throw new CloudError('rejected', `${action}: ${list.cut}`)
  return list?.items
}
