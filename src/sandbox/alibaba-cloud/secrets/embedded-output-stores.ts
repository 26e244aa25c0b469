import {
  OutputStoreError,
  type EntriesToKeep,
  type OutputStore,
  type OutputStores,
} from '../../../platform/output-store/output-store.ts'

/** The stores of `StoredOutputs` for embedded clouds: in memory, and gone with the process. They make no call. */
export function embeddedOutputStores(): OutputStores {
  return { oos: new MemoryStore(), kms: new MemoryStore() }
}

class MemoryStore implements OutputStore {
  /** The owner of each name. */
  readonly #owners = new Map<string, string>()

  keep({ owner, desired, keepsOthers = false }: EntriesToKeep): Promise<void> {
    const taken = [...desired.keys()].find((name) => (this.#owners.get(name) ?? owner) !== owner)
    if (taken !== undefined)
      return Promise.reject(
        new OutputStoreError(`${taken}: it belongs to another resource: it is not changed`),
      )
    for (const [name, of] of [...this.#owners]) if (of === owner && !keepsOthers) this.#owners.delete(name)
    for (const name of desired.keys()) this.#owners.set(name, owner)
    return Promise.resolve()
  }
}
