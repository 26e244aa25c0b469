import * as v from 'valibot'
import type { JsonObject } from '../platform/json.ts'
import type { StoreName } from '../platform/output-store/output-store.ts'
import { bridgeEntries, type BridgeProperties } from '../providers/properties/bridge-properties.ts'

type StoredOutputs = NonNullable<BridgeProperties['StoredOutputs']>

/** The store that the property `StoredOutputs` names, or its default. */
export function storeOf({ Store }: StoredOutputs): StoreName {
  return Store ?? 'oos'
}

/** Where the properties before an Update kept outputs, unless those of now keep theirs there, too. */
export function previousStoreOf(
  before: JsonObject | undefined,
  now: BridgeProperties,
): StoreName | undefined {
  const store = storeBefore(before)
  return store === undefined || store === storeNow(now) ? undefined : store
}

/**
 * Whether an Update keeps outputs in a store that the properties before it did not name: if it fails, no later Delete
 * knows that store.
 */
export function addsStore(before: JsonObject | undefined, now: BridgeProperties): boolean {
  const store = storeNow(now)
  return before !== undefined && store !== undefined && store !== storeBefore(before)
}

function storeNow({ StoredOutputs }: BridgeProperties): StoreName | undefined {
  return StoredOutputs === undefined ? undefined : storeOf(StoredOutputs)
}

function storeBefore(before: JsonObject | undefined): StoreName | undefined {
  const read = v.safeParse(bridgeEntries.StoredOutputs, before?.['StoredOutputs'])
  // Invalid properties have stored nothing.
  return read.success && read.output !== undefined ? storeOf(read.output) : undefined
}
