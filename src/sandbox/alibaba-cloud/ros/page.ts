import type { JsonObject } from '../../../platform/json.ts'
import type { RpcRequest } from './rpc.ts'

/** The page of a list that a request asks for, and the paging fields of the answer. */
export function pageOf<Item>(
  request: RpcRequest,
  all: readonly Item[],
): { items: readonly Item[]; numbers: JsonObject } {
  const PageNumber = request.integer('PageNumber', 1, 1_000_000) ?? 1
  const PageSize = request.integer('PageSize', 1, 50) ?? 10
  const items = all.slice((PageNumber - 1) * PageSize, PageNumber * PageSize)
  return { items, numbers: { PageNumber, PageSize, TotalCount: all.length } }
}
