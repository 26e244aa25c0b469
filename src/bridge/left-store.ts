import * as v from 'valibot'
import type { JsonObject } from '../platform/json.ts'
import type { StoreName } from '../platform/output-store/output-store.ts'
import { bridgeEntries, type BridgeProperties } from '../providers/properties/bridge-properties.ts'

type StoredOutputs = NonNullable<BridgeProperties['StoredOutputs']>

export function storeOf({ Store }: StoredOutputs): StoreName {
  return Store ?? 'oos'
}

/** Where the properties before an Update kept outputs, unless those of now keep theirs there, too. */
export function leftStoreOf(before: JsonObject | undefined, now: BridgeProperties): StoreName | undefined {
  const read = v.safeParse(bridgeEntries.StoredOutputs, before?.['StoredOutputs'])
  // What was not valid has stored nothing.
  if (!read.success || read.output === undefined) return undefined
  const store = storeOf(read.output)
  return now.StoredOutputs !== undefined && storeOf(now.StoredOutputs) === store ? undefined : store
}
